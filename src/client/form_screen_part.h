/* What form_screen.c, form_keys.c, form_paint.c and form_cards.c share
 * (private to the screen of the form). */
#ifndef HEARTH_CLIENT_FORM_SCREEN_PART_H
#define HEARTH_CLIENT_FORM_SCREEN_PART_H

#include "client/form_screen.h"

void form_screen_mode(struct form_screen *s, enum form_mode mode);
/* Opens the field with a text; one or many lines. */
void form_screen_open(
    struct form_screen *s, enum form_mode mode, bool lines, const char *text);
/* What a key does that is no answer; false: nothing. */
/* Whether words are asked for that lead somewhere: Esc drops them. */
bool form_screen_asks(const struct form_screen *s);
bool form_screen_do(struct form_screen *s, int key);
/* Text broken at words into at most rows lines; how many it took. */
int form_wrapped(struct term *term, int y, int x, int width, int rows,
    enum term_role role, const char *text);
/* Paints what stands over the whole page in this mode; false: nothing does. */
bool form_cards_paint(struct form_screen *s, int height);

#endif
