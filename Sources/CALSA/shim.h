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

/// Addresses an event to all that listen to a port of this program and gives it a time on a queue. In ALSA these are macros.
static inline void calsa_schedule(snd_seq_event_t *event, int port, int queue, unsigned int seconds,
                                  unsigned int nanoseconds) {
  snd_seq_real_time_t time = {seconds, nanoseconds};
  snd_seq_ev_set_source(event, port);
  snd_seq_ev_set_subs(event);
  snd_seq_ev_schedule_real(event, queue, 0, &time);
}

/// Addresses an event the same way, to go out at once.
static inline void calsa_send_now(snd_seq_event_t *event, int port) {
  snd_seq_ev_set_source(event, port);
  snd_seq_ev_set_subs(event);
  snd_seq_ev_set_direct(event);
}

static inline int calsa_start_queue(snd_seq_t *sequencer, int queue) {
  return snd_seq_start_queue(sequencer, queue, NULL);
}

#endif
