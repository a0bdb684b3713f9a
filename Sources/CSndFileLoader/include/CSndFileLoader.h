#ifndef CSNDFILELOADER_H
#define CSNDFILELOADER_H

/// Loads libsndfile, if it is not loaded yet. Nothing else of it may be called before this has succeeded.
///
/// It brings a dozen codecs with it, which only FLAC and Ogg need.
///
/// Returns a null pointer, or what the system says is wrong; the text is valid until the thread asks again.
const char *sndfile_load(void);

#endif
