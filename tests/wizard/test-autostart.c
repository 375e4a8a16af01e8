/* Tests of opening by itself once: only in the user's own folder, only Ferry's own file. */
#include "config.h"

#include <unistd.h>
#include <glib/gstdio.h>

#include "autostart.h"

typedef struct
{
  char *folder; /* all of this user's; the configuration is in "config" */
  char *file;   /* the entry */
  char *path;   /* PATH before */
} Fixture;

/* GLib asks for the folder once in a process, so all tests share it. */
static char *place;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_build_filename (place, "ferry", NULL);

  fixture->folder = g_build_filename (place, "config", "autostart", NULL);
  fixture->file = g_build_filename (fixture->folder, "org.ferryvm.Ferry.desktop", NULL);
  fixture->path = g_strdup (g_getenv ("PATH"));
  g_assert_true (
      g_file_set_contents_full (program, "#!/bin/sh\n", -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("PATH", place, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_build_filename (place, "ferry", NULL);

  g_setenv ("PATH", fixture->path, TRUE);
  g_unsetenv ("FLATPAK_ID");
  g_unlink (program);
  g_unlink (fixture->file);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->file);
  g_free (fixture->path);
}

static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *program = NULL;

  g_assert_true (ferry_autostart_add ());
  g_assert_true (ferry_autostart_add ());
  g_key_file_load_from_file (entry, fixture->file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  program = g_key_file_get_string (entry, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (program, ==, "ferry");
  g_assert_cmpstr (g_key_file_get_string (entry, "Desktop Entry", "Type", NULL), ==, "Application");

  ferry_autostart_remove ();
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
  ferry_autostart_remove ();
}

/* Somebody wants Ferry at every start: that is theirs. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  const char *text = "[Desktop Entry]\nType=Application\nName=Mine\nExec=ferry\n";
  g_autofree char *after = NULL;

  g_mkdir_with_parents (fixture->folder, 0700);
  g_assert_true (g_file_set_contents (fixture->file, text, -1, NULL));
  g_assert_false (ferry_autostart_add ());
  ferry_autostart_remove ();
  g_assert_true (g_file_get_contents (fixture->file, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, text);
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (place, "target", NULL);

  g_mkdir_with_parents (fixture->folder, 0700);
  g_assert_true (g_file_set_contents (target, "X-Ferry-Once=true\n", -1, NULL));
  g_assert_cmpint (symlink (target, fixture->file), ==, 0);
  g_assert_false (ferry_autostart_add ());
  ferry_autostart_remove ();
  g_assert_true (g_file_test (fixture->file, G_FILE_TEST_IS_SYMLINK));
  g_unlink (target);
}

static void
test_not_installed (Fixture *fixture, gconstpointer data)
{
  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_false (ferry_autostart_add ());
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

static void
test_sandbox (Fixture *fixture, gconstpointer data)
{
  g_setenv ("FLATPAK_ID", "org.ferryvm.Ferry", TRUE);
  g_assert_false (ferry_autostart_add ());
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_EXISTS));
}

/* A file stands where the folder should be. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *config = g_path_get_dirname (fixture->folder);

  g_mkdir_with_parents (config, 0700);
  g_assert_true (g_file_set_contents (fixture->folder, "", -1, NULL));
  g_assert_false (ferry_autostart_add ());
  ferry_autostart_remove ();
  g_unlink (fixture->folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *config = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  place = g_dir_make_tmp ("ferry-autostart-XXXXXX", NULL);
  config = g_build_filename (place, "config", NULL);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
#define ADD(name, function)                                                                        \
  g_test_add ("/autostart/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("once", test_once);
  ADD ("foreign", test_foreign);
  ADD ("link", test_link);
  ADD ("not-installed", test_not_installed);
  ADD ("sandbox", test_sandbox);
  ADD ("no-folder", test_no_folder);
  status = g_test_run ();
  g_rmdir (config);
  g_rmdir (place);
  g_free (place);
  return status;
}
