#ifndef CSTUDIOPAGE_H
#define CSTUDIOPAGE_H

#include <stddef.h>

/// A file of the studio's page; all of them are in the program.
typedef struct {
  const char *name;
  const char *type;
  const unsigned char *bytes;
  size_t size;
} cstudiopage_file;

/// The files; the one without a name is the end.
const cstudiopage_file *cstudiopage_files(void);

/// The log of the run that trained the embedded model, JSON lines.
cstudiopage_file cstudiopage_training_log(void);

#endif
