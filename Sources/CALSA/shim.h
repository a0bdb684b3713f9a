#ifndef CALSA_SHIM_H
#define CALSA_SHIM_H

#include <alsa/asoundlib.h>

// Swift can neither write nor name a C function with variable arguments, which is what ALSA's handler is.
static void calsa_ignore_message(const char *file, int line, const char *function, int error,
                                 const char *format, ...) {
  (void)file;
  (void)line;
  (void)function;
  (void)error;
  (void)format;
}

/// Keeps ALSA from writing its own messages on the standard error stream; its return codes say it all.
static inline void calsa_silence_messages(void) {
  snd_lib_error_set_handler(calsa_ignore_message);
}

#endif
