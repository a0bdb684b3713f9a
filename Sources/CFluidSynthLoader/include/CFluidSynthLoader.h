#ifndef CFLUIDSYNTHLOADER_H
#define CFLUIDSYNTHLOADER_H

/// Loads FluidSynth, if it is not loaded yet. Nothing else may be called before this has succeeded.
///
/// The library brings some sixty others with it, which take longer to load than most commands take to run; so it
/// is loaded when the first sound is made, not when the program starts.
///
/// Returns a null pointer, or what the system says is wrong; the text is valid until the thread asks again.
const char *fluidsynth_load(void);

#endif
