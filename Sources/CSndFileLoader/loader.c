// libsndfile's functions, as far as they are used, each a jump into the library that sndfile_load has opened. The
// declarations are those of its own header, so that a wrong one does not compile.
#define _GNU_SOURCE
#include "CSndFileLoader.h"

#include <dlfcn.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

static void *library;

const char *sndfile_load(void) {
  if (__atomic_load_n(&library, __ATOMIC_ACQUIRE)) return NULL;
  void *opened = dlopen("libsndfile.so.1", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!opened) return dlerror();
  __atomic_store_n(&library, opened, __ATOMIC_RELEASE);
  return NULL;
}

static void *find(const char *name) {
  void *function = library ? dlsym(library, name) : NULL;
  if (!function) {
    fprintf(stderr, "libsndfile.so.1 has no function %s\n", name);
    abort();
  }
  return function;
}

#define FORWARD(result, name, parameters, arguments)                  \
  result name parameters {                                            \
    static result(*loaded) parameters;                                \
    result(*function) parameters = __atomic_load_n(&loaded, __ATOMIC_RELAXED); \
    if (!function) {                                                  \
      function = (result(*) parameters)find(#name);                   \
      __atomic_store_n(&loaded, function, __ATOMIC_RELAXED);          \
    }                                                                 \
    return function arguments;                                        \
  }

FORWARD(SNDFILE *, sf_open_fd, (int a, int b, SF_INFO *c, int d), (a, b, c, d))
FORWARD(int, sf_close, (SNDFILE * a), (a))
FORWARD(int, sf_command, (SNDFILE * a, int b, void *c, int d), (a, b, c, d))
FORWARD(int, sf_set_string, (SNDFILE * a, int b, const char *c), (a, b, c))
FORWARD(sf_count_t, sf_writef_short, (SNDFILE * a, const short *b, sf_count_t c), (a, b, c))
FORWARD(const char *, sf_strerror, (SNDFILE * a), (a))
