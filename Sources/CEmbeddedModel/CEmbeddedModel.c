#include "CEmbeddedModel.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char model[] = {
#embed "Hornpipe.safetensors"
};

const unsigned char *cembeddedmodel_bytes(void) {
  return model;
}

size_t cembeddedmodel_size(void) {
  return sizeof model;
}
