# unit/synth
