#ifndef CEMBEDDEDMODEL_H
#define CEMBEDDEDMODEL_H

#include <stddef.h>

/// The bytes of the model file, for the life of the program.
const unsigned char *cembeddedmodel_bytes(void);

/// How many bytes there are.
size_t cembeddedmodel_size(void);

#endif
