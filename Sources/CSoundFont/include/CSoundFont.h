#ifndef CSOUNDFONT_H
#define CSOUNDFONT_H

#include <stddef.h>

/// The first byte of the built-in SoundFont, which lives as long as the program.
const unsigned char *csoundfont_bytes(void);

/// The size of the built-in SoundFont in bytes.
size_t csoundfont_size(void);

#endif
