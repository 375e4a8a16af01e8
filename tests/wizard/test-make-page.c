/* Tests of the way from an image to a running virtual machine, with libvirt's own test driver: what
 * the pages decide by themselves, what is made, what is left when it fails. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "blueprint.h"
#include "done-page.h"
#include "make-page.h"
#include "stage.h"
#include "summary-page.h"
#include "system-page.h"
#include "trouble-view.h"

#define TEST_DRIVER "test:///default"
#define SECTOR 2048

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  FerryBlueprint *blueprint;
  FerryWorkshop *workshop;
  GtkWidget *window;
  char *folder;
  char *image;
} Fixture;

/* The beginning of the image of a disc: see tests/guest/test-label.c. */
static void
write_image (const char *file, const char *volume)
{
  g_autofree char *bytes = g_malloc0 (20 * SECTOR);
  char *primary = bytes + 16 * SECTOR;

  memcpy (primary, "\001CD001\001", 7);
  memset (primary + 8, ' ', 64);
  memcpy (primary + 40, volume, strlen (volume));
  g_assert_true (g_file_set_contents (file, bytes, 20 * SECTOR, NULL));
}

static gboolean
has_catalogue (gpointer blueprint)
{
  return ferry_blueprint_get_catalogue (blueprint) != NULL;
}

static gboolean
is_open (gpointer workshop)
{
  return ferry_workshop_get_state (workshop) == FERRY_WORKSHOP_OPEN;
}

static gboolean
is_asked (gpointer workshop)
{
  return ferry_workshop_get_state (workshop) != FERRY_WORKSHOP_WAITING
         && ferry_workshop_get_state (workshop) != FERRY_WORKSHOP_LOOKING;
}

/* Enough of a computer for a virtual machine. */
static FerryTree *
make_computer (void)
{
  FerryTree *tree = stage_make_computer ();

  ferry_tree_add_file (tree, "proc/meminfo", "MemTotal:       33554432 kB\n");
  ferry_tree_add_file (tree, "proc/cpuinfo",
                       "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n\n"
                       "processor\t: 1\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n\n"
                       "processor\t: 2\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n\n"
                       "processor\t: 3\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n");
  return tree;
}

static void
use_workshop (Fixture *fixture, const char *uri)
{
  FerryRoot *root = ferry_session_get_root (fixture->session);

  g_clear_object (&fixture->workshop);
  fixture->workshop = ferry_workshop_new (uri, root);
  ferry_blueprint_set_workshop (fixture->blueprint, fixture->workshop);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->tree = make_computer ();
  fixture->session = stage_open (fixture->tree);
  stage_scan (fixture->session);
  fixture->blueprint = ferry_session_get_blueprint (fixture->session);
  use_workshop (fixture, TEST_DRIVER);
  fixture->folder = g_dir_make_tmp ("ferry-make-XXXXXX", NULL);
  fixture->image = g_build_filename (fixture->folder, "disc.iso", NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 900);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_wait (is_asked, fixture->workshop);
  g_object_unref (fixture->workshop);
  stage_drop (fixture->session);
  g_unlink (fixture->image);
  g_rmdir (fixture->folder);
  g_free (fixture->image);
  g_free (fixture->folder);
  ferry_tree_free (fixture->tree);
}

static FerryPage *
show (Fixture *fixture, GType type)
{
  FerryPage *page = g_object_new (type, "session", fixture->session, NULL);

  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (fixture->window));
  ferry_page_shown (page);
  return page;
}

static gboolean
is_seen (gpointer blueprint)
{
  return !ferry_blueprint_get_looking (blueprint);
}

static void
choose (Fixture *fixture, const char *volume)
{
  stage_wait (has_catalogue, fixture->blueprint);
  write_image (fixture->image, volume);
  ferry_blueprint_choose_medium (fixture->blueprint, fixture->image);
  stage_wait (is_seen, fixture->blueprint);
}

static gboolean
is_idle (gpointer page)
{
  return !ferry_page_get_busy (page);
}

/* The page System */

static void
test_image_chooses (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_SYSTEM_PAGE);
  const FerryGuest *guest = ferry_blueprint_get_guest (fixture->blueprint);

  g_assert_false (ferry_page_get_complete (page));
  choose (fixture, "MANJARO_KDE_2313");
  g_assert_true (ferry_page_get_complete (page));
  g_assert_cmpstr (guest->medium, ==, fixture->image);
  g_assert_cmpint (guest->family, ==, FERRY_GUEST_LINUX);
  g_assert_cmpstr (guest->name, ==, "manjaro");
  g_assert_true (stage_shows (GTK_WIDGET (page), fixture->image));
  g_assert_false (stage_shows (GTK_WIDGET (page), "virtio-win"));
  stage_take_picture (fixture->window, "system-manjaro");
}

static void
test_windows (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_SYSTEM_PAGE);
  const FerryGuest *guest = ferry_blueprint_get_guest (fixture->blueprint);

  choose (fixture, "CCCOMA_X64FRE_EN-US_DV9");
  g_assert_true (guest->secure_boot && guest->tpm);
  g_assert_true (stage_shows (GTK_WIDGET (page), "The disc “virtio-win”"));
  /* The drivers are put where they belong, and the disc stays. */
  choose (fixture, "virtio-win-0.1.240");
  g_assert_cmpstr (guest->drivers, ==, fixture->image);
  g_assert_cmpstr (guest->medium, ==, fixture->image);
}

static void
test_not_an_image (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_SYSTEM_PAGE);

  stage_wait (has_catalogue, fixture->blueprint);
  g_assert_true (g_file_set_contents (fixture->image, "hello\n", -1, NULL));
  ferry_blueprint_choose_medium (fixture->blueprint, fixture->image);
  g_assert_true (ferry_page_get_busy (page));
  stage_wait (is_seen, fixture->blueprint);
  g_assert_false (ferry_page_get_complete (page));
  g_assert_true (stage_shows (GTK_WIDGET (page), "is not an image of a disc"));
  g_unlink (fixture->image);
  ferry_blueprint_choose_medium (fixture->blueprint, fixture->image);
  stage_wait (is_seen, fixture->blueprint);
  g_assert_true (stage_shows (GTK_WIDGET (page), "not there any more"));
  g_assert_null (ferry_blueprint_get_guest (fixture->blueprint)->medium);
}

/* The rest of the way; all of it, to a machine that runs, is gone by test-real-machine. */

static gboolean
is_in_trouble (gpointer page)
{
  GtkWidget *trouble = stage_find_type (page, FERRY_TYPE_TROUBLE_VIEW);

  return gtk_widget_get_visible (trouble);
}

/* The test driver cannot say what it can do, so nothing can be made with it: the page says so, with
 * libvirt's own words to open, and does not go on. */
static void
test_unable (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_SYSTEM_PAGE);

  choose (fixture, "MANJARO_KDE_2313");
  page = show (fixture, FERRY_TYPE_SUMMARY_PAGE);
  stage_wait (is_in_trouble, page);
  g_assert_false (ferry_page_get_complete (page));
  g_assert_nonnull (stage_find_button (GTK_WIDGET (page), "What libvirt said"));
  g_assert_nonnull (stage_find_button (GTK_WIDGET (page), "Try Again"));
  g_assert_true (stage_shows (GTK_WIDGET (page), "manjaro"));
  stage_take_picture (fixture->window, "summary-unable");
}

/* What was agreed to and cannot be made leaves nothing, and says why. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  FerryPage *page;

  ferry_blueprint_begin (fixture->blueprint);
  stage_wait (is_open, fixture->workshop);
  choose (fixture, "MANJARO_KDE_2313");
  ferry_blueprint_agree (fixture->blueprint);
  page = show (fixture, FERRY_TYPE_MAKE_PAGE);
  g_assert_true (ferry_page_get_busy (page));
  g_assert_true (ferry_workshop_is_working (fixture->workshop));
  g_assert_true (stage_shows (GTK_WIDGET (page), "Making the virtual machine"));
  stage_wait (is_idle, page);
  g_assert_false (ferry_workshop_is_working (fixture->workshop));
  g_assert_false (ferry_page_get_complete (page));
  g_assert_true (stage_shows (GTK_WIDGET (page), "could not be made"));
  g_assert_null (ferry_blueprint_get_made (fixture->blueprint));
  stage_wait (is_open, fixture->workshop);
  g_assert_false (ferry_workshop_has_machine (fixture->workshop, "manjaro"));
  stage_take_picture (fixture->window, "make-failed");
}

static gboolean
says_runs (gpointer page)
{
  return stage_shows (page, "The virtual machine runs");
}

/* The test driver has a machine "test" that runs. Starting it again is an error with words. */
static void
test_done (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_DONE_PAGE);
  GtkWidget *start;

  stage_wait (is_open, fixture->workshop);
  g_assert_true (stage_shows (GTK_WIDGET (page), "Nothing was made yet"));
  ferry_blueprint_set_made (fixture->blueprint, "test");
  g_assert_true (says_runs (page));
  start = stage_find_button (GTK_WIDGET (page), "Start");
  g_assert_false (gtk_widget_is_sensitive (start));
  g_signal_emit_by_name (start, "clicked");
  stage_wait (is_in_trouble, page);
  g_assert_true (says_runs (page));
  stage_take_picture (fixture->window, "done-trouble");
}

/* In a sandbox no other program can be started: there is no button then, but words. */
static void
test_sandbox (Fixture *fixture, gconstpointer data)
{
  FerryPage *page;

  ferry_tree_add_file (fixture->tree, ".flatpak-info", "[Application]\n");
  ferry_tree_add_file (fixture->tree, "run/host/usr/bin/virt-manager", "");
  page = show (fixture, FERRY_TYPE_DONE_PAGE);
  stage_wait (is_open, fixture->workshop);
  ferry_blueprint_set_made (fixture->blueprint, "test");
  g_assert_true (stage_shows (GTK_WIDGET (page), "choose “test” there"));
  g_assert_false (stage_shows (GTK_WIDGET (page), "Open in Virtual Machine Manager"));
  ferry_tree_remove (fixture->tree, "run/host/usr/bin/virt-manager");
  ferry_blueprint_changed (fixture->blueprint, 0);
  g_assert_true (stage_shows (GTK_WIDGET (page), "install the program “Virtual Machine Manager”"));
}

/* Nothing that was not agreed to on the summary is made. */
static void
test_not_agreed (Fixture *fixture, gconstpointer data)
{
  FerryPage *page = show (fixture, FERRY_TYPE_MAKE_PAGE);

  g_assert_false (ferry_page_get_busy (page));
  g_assert_false (ferry_page_get_complete (page));
  g_assert_true (stage_shows (GTK_WIDGET (page), "Look at the summary first"));
  g_assert_false (ferry_workshop_is_working (fixture->workshop));
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  FerryPage *page;

  use_workshop (fixture, NULL);
  page = show (fixture, FERRY_TYPE_SUMMARY_PAGE);
  /* Which system it is for is not known yet: no sentence without its name. */
  g_assert_null (ferry_blueprint_get_offer (fixture->blueprint));
  g_assert_false (stage_shows (GTK_WIDGET (page), "No installation disc"));
  stage_wait (has_catalogue, fixture->blueprint);
  g_assert_true (stage_shows (GTK_WIDGET (page), "Windows 11. No installation disc"));
  g_assert_true (stage_shows (GTK_WIDGET (page), "only looked at"));
  g_assert_false (ferry_page_get_complete (page));
  g_assert_false (ferry_page_get_skippable (page));
}

static void
test_no_libvirt (Fixture *fixture, gconstpointer data)
{
  FerryPage *page;

  use_workshop (fixture, "test:///nonexistent/file.xml");
  page = show (fixture, FERRY_TYPE_SUMMARY_PAGE);
  stage_wait (is_asked, fixture->workshop);
  g_assert_cmpint (ferry_workshop_get_state (fixture->workshop), ==, FERRY_WORKSHOP_SHUT);
  g_assert_nonnull (ferry_workshop_get_trouble (fixture->workshop));
  g_assert_false (ferry_page_get_complete (page));
  stage_take_picture (fixture->window, "summary-no-libvirt");
}

/* The name of a machine that is there is not taken: the test driver has one called "test". */
static void
test_taken_name (Fixture *fixture, gconstpointer data)
{
  FerryGuest *guest = ferry_blueprint_get_guest (fixture->blueprint);
  g_autofree char *obstacle = NULL;

  ferry_blueprint_begin (fixture->blueprint);
  stage_wait (is_open, fixture->workshop);
  stage_wait (has_catalogue, fixture->blueprint);
  g_assert_true (ferry_workshop_has_machine (fixture->workshop, "test"));
  ferry_guest_set (&guest->name, "test");
  ferry_blueprint_changed (fixture->blueprint, FERRY_BLUEPRINT_NAME);
  obstacle = ferry_blueprint_find_obstacle (fixture->blueprint);
  g_assert_nonnull (strstr (obstacle, "test"));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function)                                                                        \
  g_test_add ("/make-page/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("image-chooses", test_image_chooses);
  ADD ("windows", test_windows);
  ADD ("not-an-image", test_not_an_image);
  ADD ("unable", test_unable);
  ADD ("failure", test_failure);
  ADD ("done", test_done);
  ADD ("sandbox", test_sandbox);
  ADD ("not-agreed", test_not_agreed);
  ADD ("preview", test_preview);
  ADD ("no-libvirt", test_no_libvirt);
  ADD ("taken-name", test_taken_name);
  return g_test_run ();
}
