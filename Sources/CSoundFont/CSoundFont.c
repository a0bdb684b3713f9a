#include "CSoundFont.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char font[] = {
#embed "../../SoundFonts/Hornpipe.sf2"
};

const unsigned char *csoundfont_bytes(void) {
  return font;
}

size_t csoundfont_size(void) {
  return sizeof font;
}
