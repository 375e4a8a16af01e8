/* generator-proof.c: the part of generator that proves an image, see generator.h.
 *
 * Exit status and messages of the programs are not asked: dracut has ended with 0 and without an image before.
 */
#include "config.h"

#include <string.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>

#include "act/generator.h"
#include "act/image.h"
#include "act/target.h"
#include "act/uki.h"
#include "facts/cmdline.h"
#include "facts/error.h"

#define LIKELY_SIZE (1024 * 1024)
#define MODPROBE_FILE "etc/modprobe.d/ferry.conf"
#define CMDLINE_FILE "etc/kernel/cmdline"
#define CMDLINE_FOLDER "etc/cmdline.d"

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, FERRY_ERROR, FERRY_ERROR_FAILED, message);
  return FALSE;
}

static gboolean
check_size (const FerryStep *step, const FerryProduct *product, guint64 size, GError **error)
{
  guint64 old = ferry_root_get_size (step->root, product->path);

  if (size > LIKELY_SIZE || (old > 0 && size >= old / 2))
    return TRUE;
  return fail (error, _("The new start file is much too small"));
}

static gboolean
check_modules (const FerryStep *step, const FerryImage *image, GError **error)
{
  for (guint i = 0; step->change->items[i] != NULL; i++)
    if (!ferry_image_has_module (image, step->change->items[i]))
      {
        g_set_error (error, FERRY_ERROR, FERRY_ERROR_FAILED, _("The new start file lacks the driver “%s”"),
                     step->change->items[i]);
        return FALSE;
      }
  return TRUE;
}

/* The settings for the drivers must be inside as they are outside, or they come too late. */
static gboolean
check_settings (const FerryStep *step, const FerryImage *image, GError **error)
{
  g_autofree char *text = ferry_root_read_text (step->root, MODPROBE_FILE, NULL);

  if (text == NULL || g_strcmp0 (text, image->text) == 0)
    return TRUE;
  return fail (error, _("The new start file lacks the settings of the drivers"));
}

static gboolean
check_image (const FerryStep *step, int fd, guint64 offset, guint64 size, gboolean wanted, GError **error)
{
  g_autoptr (FerryImage) image = ferry_image_read (fd, offset, size, MODPROBE_FILE, error);

  if (image == NULL)
    return FALSE;
  if (!image->has_init)
    return fail (error, _("The new start file has nothing to start"));
  return !wanted || (check_modules (step, image, error) && check_settings (step, image, error));
}

/* Every word of one of the system's own files, line by line, without comments. */
static gboolean
check_words_of (const FerryStep *step, const char *path, const FerryCmdline *cmdline, GError **error)
{
  g_autofree char *text = ferry_root_read_text (step->root, path, NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 1000);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (FerryCmdline) words = *lines[i] != '#' ? ferry_cmdline_parse (lines[i], NULL) : NULL;

      for (guint j = 0; words != NULL && j < words->words->len; j++)
        {
          const FerryCmdlineWord *word = g_ptr_array_index (words->words, j);

          if (!ferry_cmdline_has_word (cmdline, word->text))
            return fail (error, _("The new start file lacks words for the kernel"));
        }
    }
  return TRUE;
}

static gboolean
check_uki_words (const FerryStep *step, int fd, guint64 size, GError **error)
{
  g_autofree char *text = ferry_uki_read_words (fd, size, error);
  g_autoptr (FerryCmdline) cmdline = NULL;
  g_auto (GStrv) names = ferry_root_list (step->root, CMDLINE_FOLDER);

  if (text == NULL)
    return FALSE;
  cmdline = ferry_cmdline_parse (g_strstrip (text), error);
  if (cmdline == NULL || !check_words_of (step, CMDLINE_FILE, cmdline, error))
    return FALSE;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (CMDLINE_FOLDER, names[i], NULL);

      if (g_str_has_suffix (names[i], ".conf") && !check_words_of (step, path, cmdline, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_uki (int fd)
{
  char start[2] = { 0 };

  return pread (fd, start, sizeof start, 0) == sizeof start && memcmp (start, "MZ", 2) == 0;
}

static gboolean
check_file (const FerryStep *step, const FerryProduct *product, int fd, guint64 size, gboolean wanted,
            GError **error)
{
  guint64 offset = 0, length = size;

  if (!check_size (step, product, size, error))
    return FALSE;
  if (is_uki (fd)
      && (!check_uki_words (step, fd, size, error)
          || !ferry_uki_find (fd, size, ".initrd", &offset, &length, error)))
    return FALSE;
  return check_image (step, fd, offset, length, wanted, error);
}

gboolean
ferry_generator_prove (const FerryStep *step, const FerryProduct *product, gboolean wanted, GError **error)
{
  g_autoptr (FerryTarget) target = ferry_target_new (step->root, error);
  guint64 size = 0;
  gboolean good;
  int fd = target != NULL ? ferry_target_open (target, product->made, &size, error) : -1;

  if (fd < 0)
    return FALSE;
  good = check_file (step, product, fd, size, wanted, error);
  close (fd);
  if (!good)
    g_prefix_error (error, "“/%s”: ", product->path);
  return good;
}
