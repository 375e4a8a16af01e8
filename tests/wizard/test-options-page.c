/* Tests of the options: what is chosen already, what cannot be chosen, and what ends up in the
 * wish. */
#include "config.h"

#include "binding-row.h"
#include "errand.h"
#include "options-page.h"
#include "stage.h"

typedef struct
{
  FerryTree *tree;
  FerrySession *session;
  FerryWish *wish;
  GtkWidget *window;
  FerryPage *page;
} Fixture;

static void
show_page (Fixture *fixture)
{
  fixture->wish = ferry_errand_get_wish (ferry_session_get_errand (fixture->session));
  fixture->page = g_object_new (FERRY_TYPE_OPTIONS_PAGE, "session", fixture->session, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = stage_open_machine ("maximus-vii-ranger-after.machine");
  stage_scan (fixture->session);
  show_page (fixture);
}

/* Two cards that nothing but their place tells apart. */
static void
set_up_equal (Fixture *fixture, gconstpointer data)
{
  const FerryTreeDevice second = { .address = "0000:02:00.0",
                                   .class_code = 0x030000,
                                   .vendor = 0x10de,
                                   .device = 0x13c2,
                                   .driver = "nouveau",
                                   .group = "2" };

  fixture->tree = stage_make_computer ();
  ferry_tree_add_device (fixture->tree, &second);
  fixture->session = stage_open (fixture->tree);
  stage_scan (fixture->session);
  show_page (fixture);
  ferry_session_choose_card (
      fixture->session, g_ptr_array_index (ferry_session_get_machine (fixture->session)->cards, 0));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  stage_settle ();
  stage_drop (fixture->session);
  g_clear_pointer (&fixture->tree, ferry_tree_free);
}

static FerryBindingRow *
find_row (GtkWidget *root, FerryBind bind)
{
  FerryBindingRow *found = NULL;

  if (FERRY_IS_BINDING_ROW (root) && ferry_binding_row_get_bind (FERRY_BINDING_ROW (root)) == bind)
    return FERRY_BINDING_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, bind);
  return found;
}

static GtkCheckButton *
find_button (Fixture *fixture, FerryBind bind)
{
  return ferry_binding_row_get_button (find_row (GTK_WIDGET (fixture->page), bind));
}

static void
test_recommended (Fixture *fixture, gconstpointer data)
{
  g_assert_false (ferry_page_get_complete (fixture->page));
  ferry_page_shown (fixture->page);
  g_assert_true (ferry_page_get_complete (fixture->page));
  g_assert_true (stage_shows (GTK_WIDGET (fixture->page), "By its type (recommended)"));
  g_assert_true (gtk_check_button_get_active (find_button (fixture, FERRY_BIND_IDS)));
  for (int bind = FERRY_BIND_IDS; bind <= FERRY_BIND_ADDRESS; bind++)
    g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (find_button (fixture, bind))));
  g_assert_cmpint (ferry_wish_get_binding (fixture->wish), ==, FERRY_BINDING_AUTO);
}

static void
test_choose (Fixture *fixture, gconstpointer data)
{
  ferry_page_shown (fixture->page);
  gtk_check_button_set_active (find_button (fixture, FERRY_BIND_ADDRESS), TRUE);
  g_assert_cmpint (ferry_wish_get_binding (fixture->wish), ==, FERRY_BINDING_ADDRESS);
  gtk_check_button_set_active (find_button (fixture, FERRY_BIND_IDS), TRUE);
  g_assert_cmpint (ferry_wish_get_binding (fixture->wish), ==, FERRY_BINDING_AUTO);
}

/* What would take the other card as well cannot be chosen, and it says why. */
static void
test_unsafe (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->page);

  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (find_button (fixture, FERRY_BIND_IDS))));
  g_assert_false (
      gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (find_row (root, FERRY_BIND_IDS))));
  g_assert_true (stage_shows (root, "Not possible here: another device"));
  g_assert_true (stage_shows (root, "By its place in the computer (recommended)"));
  g_assert_true (gtk_check_button_get_active (find_button (fixture, FERRY_BIND_ADDRESS)));
  g_assert_cmpint (ferry_wish_get_binding (fixture->wish), ==, FERRY_BINDING_AUTO);
  stage_take_picture (fixture->window, "options-unsafe");
}

/* Nobody joins a group without a yes of their own, and the price of it is said. */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FerryIntent) before = ferry_wish_make_intent (fixture->wish, NULL);
  g_autoptr (FerryIntent) after = NULL;

  ferry_page_shown (fixture->page);
  g_assert_false (before->join_group);
  g_assert_true (before->install);
  g_assert_true (before->show_menu);
  g_assert_true (before->passthrough_mode);
  g_assert_true (stage_shows (GTK_WIDGET (fixture->page),
                              "everything on this computer that the administrator can"));
  g_object_set (fixture->wish, "join-group", TRUE, NULL);
  after = ferry_wish_make_intent (fixture->wish, NULL);
  g_assert_true (after->join_group);
  stage_take_picture (fixture->window, "options");
}

/* A change that is made again keeps its further cards, but another card does not come with them. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  const FerryAddress cards[] = { { .bus = 1 }, { .bus = 2 }, { .bus = 3 } };
  g_autoptr (FerryIntent) made = ferry_intent_new ();
  g_autoptr (FerryIntent) again = NULL;
  g_autoptr (FerryIntent) other = NULL;

  g_array_append_vals (made->cards, cards, 2);
  made->binding = FERRY_BINDING_ADDRESS;
  made->install = FALSE;
  made->join_group = TRUE;
  ferry_wish_repeat (fixture->wish, made);
  again = ferry_wish_make_intent (fixture->wish, &cards[0]);
  g_assert_cmpuint (again->cards->len, ==, 2);
  g_assert_cmpint (ferry_address_compare (&g_array_index (again->cards, FerryAddress, 1), &cards[1]), ==, 0);
  g_assert_cmpint (again->binding, ==, FERRY_BINDING_ADDRESS);
  g_assert_true (!again->install && again->join_group && again->show_menu);
  other = ferry_wish_make_intent (fixture->wish, &cards[2]);
  g_assert_cmpuint (other->cards->len, ==, 1);
  g_assert_cmpint (ferry_address_compare (&g_array_index (other->cards, FerryAddress, 0), &cards[2]), ==, 0);
}

static guint
count_active (GtkWidget *root)
{
  guint count = GTK_IS_SWITCH (root) && gtk_switch_get_active (GTK_SWITCH (root)) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += count_active (child);
  return count;
}

static void
test_switches (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "install", "show-menu", "passthrough-mode", "join-group" };
  GtkWidget *root = GTK_WIDGET (fixture->page);

  ferry_page_shown (fixture->page);
  g_assert_cmpuint (stage_count_type (root, GTK_TYPE_SWITCH), ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_set (fixture->wish, names[i], FALSE, NULL);
  g_assert_cmpuint (count_active (root), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_object_set (fixture->wish, names[i], TRUE, NULL);
      g_assert_cmpuint (count_active (root), ==, i + 1);
    }
}

/* The names of the packages are there for those who ask. */
static void
test_packages (Fixture *fixture, gconstpointer data)
{
  ferry_page_shown (fixture->page);
  g_assert_nonnull (stage_find_button (GTK_WIDGET (fixture->page), "Which packages are missing?"));
}

int
main (int argc, char *argv[])
{
  stage_init (&argc, &argv);
#define ADD(name, function, start)                                                                 \
  g_test_add ("/options-page/" name, Fixture, NULL, start, function, tear_down)
  ADD ("recommended", test_recommended, set_up);
  ADD ("choose", test_choose, set_up);
  ADD ("unsafe", test_unsafe, set_up_equal);
  ADD ("consent", test_consent, set_up);
  ADD ("again", test_again, set_up);
  ADD ("switches", test_switches, set_up);
  ADD ("packages", test_packages, set_up);
  return g_test_run ();
}
