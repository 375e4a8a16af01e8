/* archive-maker.c: see archive-maker.h. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "archive-maker.h"

static void
add_text (GByteArray *image, const char *text, gsize size)
{
  g_byte_array_append (image, (const guint8 *) text, (guint) size);
}

static void
pad (GByteArray *image, gsize size)
{
  while (size++ % 4 != 0)
    add_text (image, "", 1);
}

static void
add_file (GByteArray *image, const char *path, const char *text)
{
  gsize name = strlen (path) + 1, size = strlen (text);
  g_autofree char *header
      = g_strdup_printf ("070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x", 1, 0100644, 0, 0, 1, 0,
                         (guint) size, 0, 0, 0, 0, (guint) name, 0);

  add_text (image, header, strlen (header));
  add_text (image, path, name);
  pad (image, 110 + name);
  add_text (image, text, size);
  pad (image, size);
}

void
archive_maker_add (GByteArray *image, const ArchiveFile *files)
{
  for (; files->path != NULL; files++)
    add_file (image, files->path, files->text);
  add_file (image, "TRAILER!!!", "");
}

static la_ssize_t
take (struct archive *archive, void *data, const void *buffer, size_t size)
{
  add_text (data, buffer, size);
  return (la_ssize_t) size;
}

void
archive_maker_add_packed (GByteArray *image, const GByteArray *plain, const char *filter)
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();

  g_assert_cmpint (archive_write_add_filter_by_name (archive, filter), ==, ARCHIVE_OK);
  archive_write_set_format_raw (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open (archive, image, NULL, take, NULL), ==, ARCHIVE_OK);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_pathname (entry, "x");
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, plain->data, plain->len), ==, plain->len);
  archive_entry_free (entry);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
}

static void
put_number (guint8 *at, guint32 value, gsize size)
{
  for (gsize i = 0; i < size; i++)
    at[i] = (guint8) (value >> (8 * i));
}

static void
put_section (guint8 *at, const char *name, guint32 size, guint32 offset)
{
  memcpy (at, name, strlen (name));
  put_number (at + 8, size, 4);
  put_number (at + 16, size, 4);
  put_number (at + 20, offset, 4);
}

GByteArray *
archive_maker_new_uki (const char *words, const GByteArray *image)
{
  GByteArray *file = g_byte_array_new ();
  guint8 head[512] = { 0 };

  memcpy (head, "MZ", 2);
  put_number (head + 60, 128, 4);
  memcpy (head + 128, "PE\0\0", 4);
  put_number (head + 134, 2, 2);
  put_section (head + 152, ".cmdline", (guint32) strlen (words) + 1, sizeof head);
  put_section (head + 192, ".initrd", image->len, (guint32) (sizeof head + strlen (words) + 1));
  g_byte_array_append (file, head, sizeof head);
  add_text (file, words, strlen (words) + 1);
  g_byte_array_append (file, image->data, image->len);
  return file;
}

/* Text that cannot be packed well. */
static char *
make_filler (gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  char *text = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    text[i] = (char) g_rand_int_range (rand, 1, 255);
  text[size] = '\0';
  return text;
}

GByteArray *
archive_maker_new_image (const char *const *modules, const char *settings)
{
  const ArchiveFile early[] = { { "kernel/x86/microcode/GenuineIntel.bin", "code" }, { NULL, NULL } };
  g_autoptr (GArray) files = g_array_new (TRUE, TRUE, sizeof (ArchiveFile));
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autofree char *filler = make_filler (1536 * 1024);
  ArchiveFile init = { "init", "#!/bin/sh\n" }, large = { "filler", filler }, conf
                                                  = { "etc/modprobe.d/ferry.conf", settings };
  GByteArray *image = g_byte_array_new ();

  g_array_append_val (files, init);
  g_array_append_val (files, large);
  for (guint i = 0; modules[i] != NULL; i++)
    g_array_append_vals (files, &(ArchiveFile){ modules[i], "module" }, 1);
  if (settings != NULL)
    g_array_append_val (files, conf);
  archive_maker_add (plain, (const ArchiveFile *) files->data);
  archive_maker_add (image, early);
  archive_maker_add_packed (image, plain, "gzip");
  return image;
}
