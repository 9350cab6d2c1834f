# Sources of this room; see src/synth/README.
