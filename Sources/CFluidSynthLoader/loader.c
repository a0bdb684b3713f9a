// FluidSynth's functions, as far as they are used, each a jump into the library that fluidsynth_load has opened.
// The declarations are those of its own header, so that a wrong one does not compile.
#define _GNU_SOURCE
#include "CFluidSynthLoader.h"

#include <dlfcn.h>
#include <fluidsynth.h>
#include <stdio.h>
#include <stdlib.h>

static void *library;

const char *fluidsynth_load(void) {
  if (__atomic_load_n(&library, __ATOMIC_ACQUIRE)) return NULL;
  // dlopen counts: two threads at once get the same library. Its own calls must never land in the functions below.
  void *opened = dlopen("libfluidsynth.so.3", RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (!opened) return dlerror();
  __atomic_store_n(&library, opened, __ATOMIC_RELEASE);
  return NULL;
}

static void *find(const char *name) {
  void *function = library ? dlsym(library, name) : NULL;
  if (!function) {
    fprintf(stderr, "libfluidsynth.so.3 has no function %s\n", name);
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

FORWARD(fluid_settings_t *, new_fluid_settings, (void), ())
FORWARD(void, delete_fluid_settings, (fluid_settings_t * a), (a))
FORWARD(int, fluid_settings_setint, (fluid_settings_t * a, const char *b, int c), (a, b, c))
FORWARD(int, fluid_settings_setnum, (fluid_settings_t * a, const char *b, double c), (a, b, c))
FORWARD(fluid_synth_t *, new_fluid_synth, (fluid_settings_t * a), (a))
FORWARD(void, delete_fluid_synth, (fluid_synth_t * a), (a))
FORWARD(int, fluid_audio_driver_register, (const char **a), (a))
FORWARD(fluid_log_function_t, fluid_set_log_function, (int a, fluid_log_function_t b, void *c), (a, b, c))
FORWARD(fluid_sfloader_t *, new_fluid_defsfloader, (fluid_settings_t * a), (a))
FORWARD(void, delete_fluid_sfloader, (fluid_sfloader_t * a), (a))
FORWARD(int, fluid_sfloader_set_callbacks,
        (fluid_sfloader_t * a, fluid_sfloader_callback_open_t b, fluid_sfloader_callback_read_t c,
         fluid_sfloader_callback_seek_t d, fluid_sfloader_callback_tell_t e, fluid_sfloader_callback_close_t f),
        (a, b, c, d, e, f))
FORWARD(void, fluid_synth_add_sfloader, (fluid_synth_t * a, fluid_sfloader_t *b), (a, b))
FORWARD(int, fluid_synth_sfload, (fluid_synth_t * a, const char *b, int c), (a, b, c))
FORWARD(fluid_sfont_t *, fluid_synth_get_sfont, (fluid_synth_t * a, unsigned int b), (a, b))
FORWARD(void, fluid_sfont_iteration_start, (fluid_sfont_t * a), (a))
FORWARD(fluid_preset_t *, fluid_sfont_iteration_next, (fluid_sfont_t * a), (a))
FORWARD(int, fluid_preset_get_banknum, (fluid_preset_t * a), (a))
FORWARD(int, fluid_preset_get_num, (fluid_preset_t * a), (a))
FORWARD(const char *, fluid_preset_get_name, (fluid_preset_t * a), (a))
FORWARD(int, fluid_synth_cc, (fluid_synth_t * a, int b, int c, int d), (a, b, c, d))
FORWARD(int, fluid_synth_channel_pressure, (fluid_synth_t * a, int b, int c), (a, b, c))
FORWARD(int, fluid_synth_key_pressure, (fluid_synth_t * a, int b, int c, int d), (a, b, c, d))
FORWARD(int, fluid_synth_noteon, (fluid_synth_t * a, int b, int c, int d), (a, b, c, d))
FORWARD(int, fluid_synth_noteoff, (fluid_synth_t * a, int b, int c), (a, b, c))
FORWARD(int, fluid_synth_pitch_bend, (fluid_synth_t * a, int b, int c), (a, b, c))
FORWARD(int, fluid_synth_program_change, (fluid_synth_t * a, int b, int c), (a, b, c))
FORWARD(int, fluid_synth_sysex, (fluid_synth_t * a, const char *b, int c, char *d, int *e, int *f, int g),
        (a, b, c, d, e, f, g))
FORWARD(int, fluid_synth_get_active_voice_count, (fluid_synth_t * a), (a))
FORWARD(int, fluid_synth_write_float, (fluid_synth_t * a, int b, void *c, int d, int e, void *f, int g, int h),
        (a, b, c, d, e, f, g, h))
