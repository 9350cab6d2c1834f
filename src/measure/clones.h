/*
 * For the files with loops over columns; included last. They are compiled
 * with all of the compiler's vectorising, whatever the rest is compiled with.
 * CLONES before a function makes a second copy of its loops for machines with
 * wider vectors, chosen when the program starts. The thread sanitizer is not
 * ready when that choice runs, so under a sanitizer there is one copy.
 */
#ifndef HEARTH_MEASURE_CLONES_H
#define HEARTH_MEASURE_CLONES_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define CLONES          \
	__attribute__(( \
	    target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

#if defined(__GNUC__) && !defined(__clang__) && defined(__OPTIMIZE__)
#pragma GCC optimize("O3")
#endif

#endif
