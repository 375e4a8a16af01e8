/* standin.h: a table of tools for tests: makes small files instead of running a distribution's programs.
 *
 * An "image" is a text that names the modules; a "menu" a text that names the words. What limine-update, kernel-install
 * and grubby rewrite in place is written over. The real programs are
 * tested where they exist; this one lets every system call of a transaction be cut.
 */
#pragma once

#include "act/tools.h"

G_BEGIN_DECLS

/* What STANDIN_UPDATES brings. */
#define STANDIN_NEW_IMAGE "boot/initramfs-6.13-x86_64.img"

typedef enum
{
  STANDIN_GOOD,
  STANDIN_FAILS,   /* the program that makes the boot menu does so and then exits with an error */
  STANDIN_FAILS_LATER, /* the one that adds somebody to a group does */
  STANDIN_LIES,    /* the program says that all is well and makes an empty file */
  STANDIN_CANCELS, /* the user cancels while the program runs */
  STANDIN_UPDATES  /* with the software comes another kernel */
} StandinMood;

FerryTools *standin_new (FerryRoot *root, StandinMood mood);

G_END_DECLS
