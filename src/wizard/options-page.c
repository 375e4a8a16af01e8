/* options-page.c: see options-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "binding-row.h"
#include "errand.h"
#include "fold-row.h"
#include "options-page.h"
#include "prose.h"

struct _FerryOptionsPage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkStack *stack;
  AdwPreferencesGroup *bindings;
  FerryBindingRow *rows[FERRY_BIND_ADDRESS + 1];
  GtkSwitch *install;
  AdwActionRow *install_row;
  AdwPreferencesGroup *programs;
  GtkWidget *packages_row;
  GtkLabel *packages;
  GtkListBox *more;
  GtkWidget *modes;
  GtkSwitch *join;
  AdwActionRow *join_row;
  GtkSwitch *menu;
  GtkSwitch *mode;

  gboolean updating;       /* the page changes its own buttons */
  FerryMachine *described; /* whose programs are shown */
};

G_DEFINE_FINAL_TYPE (FerryOptionsPage, ferry_options_page, FERRY_TYPE_PAGE)

static FerrySession *
get_session (FerryOptionsPage *self)
{
  return ferry_page_get_session (FERRY_PAGE (self));
}

static FerryWish *
get_wish (FerryOptionsPage *self)
{
  return ferry_errand_get_wish (ferry_session_get_errand (get_session (self)));
}

/* What is recommended is "auto": the same on the next computer, and after a card was added. */
static FerryBinding
binding_of (FerryBind bind, FerryBind needed)
{
  return bind == needed ? FERRY_BINDING_AUTO : (FerryBinding) (FERRY_BINDING_IDS + bind);
}

static void
binding_toggled (FerryOptionsPage *self)
{
  const FerryVerdict *verdict = ferry_session_get_card_verdict (get_session (self));

  if (self->updating || verdict == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    if (gtk_check_button_get_active (ferry_binding_row_get_button (self->rows[i])))
      ferry_wish_set_binding (get_wish (self), binding_of ((FerryBind) i, verdict->bind));
}

static void
show_bindings (FerryOptionsPage *self, const FerryVerdict *verdict)
{
  const FerryBinding binding = ferry_wish_get_binding (get_wish (self));
  g_autofree char *description
      = g_strdup_printf (_ ("At every start, the card (%s) has to be recognised before its usual "
                            "driver takes it."),
                         verdict->card->name);
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_preferences_group_set_description (self->bindings, escaped);
  self->updating = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    {
      ferry_binding_row_set_needed (self->rows[i], verdict->bind);
      if (binding_of ((FerryBind) i, verdict->bind) == binding)
        gtk_check_button_set_active (ferry_binding_row_get_button (self->rows[i]), TRUE);
    }
  self->updating = FALSE;
}

/* The packages that a plan for this computer would install. */
static char *
list_packages (FerryMachine *machine)
{
  g_autoptr (FerryIntent) intent = ferry_intent_new ();
  g_autoptr (FerryPlan) plan = ferry_plan_make (machine, intent);

  for (guint i = 0; i < plan->changes->len; i++)
    {
      const FerryChange *change = g_ptr_array_index (plan->changes, i);

      if (change->kind == FERRY_CHANGE_PACKAGES)
        return g_strjoinv ("\n", change->items);
    }
  return g_strdup ("");
}

static void
show_system (FerryOptionsPage *self, FerryMachine *machine)
{
  const gboolean member = machine->system->in_libvirt_group == FERRY_ANSWER_YES;
  g_autofree char *packages = list_packages (machine);

  gtk_label_set_label (self->packages, packages);
  gtk_widget_set_visible (self->packages_row, *packages != '\0');
  adw_action_row_set_subtitle (
      self->install_row,
      *packages != '\0'
          ? _ ("They come from your distribution's own sources. The service and the network that "
               "virtual machines need are switched on as well.")
          : _ ("Every program is there already. The service and the network that virtual machines "
               "need are switched on where they are not."));
  gtk_widget_set_sensitive (GTK_WIDGET (self->join), !member);
  adw_action_row_set_subtitle (
      self->join_row,
      member
          ? _ ("You can do this already: you are a member of the group “libvirt”.")
          : _ ("You become a member of the group “libvirt”. Whoever is in it can do everything on "
               "this computer that the administrator can. Without it you are asked for a "
               "password when you manage a virtual machine."));
}

static void
update (FerryOptionsPage *self)
{
  FerryMachine *machine = ferry_session_get_machine (get_session (self));
  const FerryVerdict *verdict = ferry_session_get_card_verdict (get_session (self));

  if (verdict != NULL)
    {
      show_bindings (self, verdict);
      /* A plan is made for it, which is quick, but not for each click. */
      if (g_set_object (&self->described, machine))
        show_system (self, machine);
    }
  if (verdict != NULL)
    gtk_stack_set_visible_child_name (self->stack, "options");
  else
    gtk_stack_set_visible_child_name (
        self->stack, ferry_session_get_scanning (get_session (self)) ? "reading" : "none");
  ferry_page_set_complete (FERRY_PAGE (self), verdict != NULL);
}

/* Opened directly, without having been on the page before. */
static void
ferry_options_page_shown (FerryPage *page)
{
  ferry_session_choose_obvious_card (ferry_page_get_session (page));
}

static void
bind_switch (FerryOptionsPage *self, GtkSwitch *button, const char *property)
{
  g_object_bind_property (get_wish (self), property, button, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
}

static void
make_bindings (FerryOptionsPage *self)
{
  GtkCheckButton *group = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (self->rows); i++)
    {
      GtkWidget *row = ferry_binding_row_new ((FerryBind) i, group);

      self->rows[i] = FERRY_BINDING_ROW (row);
      group = ferry_binding_row_get_button (self->rows[0]);
      adw_preferences_group_add (self->bindings, row);
      g_signal_connect_swapped (ferry_binding_row_get_button (self->rows[i]), "notify::active",
                                G_CALLBACK (binding_toggled), self);
    }
}

/* Details that one opens: the names of the packages, and what only experts ask for. */
static void
make_folds (FerryOptionsPage *self)
{
  GtkWidget *more = ferry_fold_row_new ("emblem-system-symbolic", _ ("More"),
                                        _ ("For people who know what they are looking for"));

  self->packages = GTK_LABEL (ferry_prose_new (NULL, "monospace"));
  gtk_label_set_selectable (self->packages, TRUE);
  self->packages_row
      = ferry_fold_row_new ("package-x-generic-symbolic", _ ("Which packages are missing?"), NULL);
  ferry_fold_row_append (FERRY_FOLD_ROW (self->packages_row), GTK_WIDGET (self->packages));
  adw_preferences_group_add (self->programs, self->packages_row);
  ferry_fold_row_append (FERRY_FOLD_ROW (more), self->modes);
  gtk_list_box_append (self->more, more);
}

static void
card_found (FerryOptionsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    ferry_session_choose_obvious_card (get_session (self));
  update (self);
}

static void
ferry_options_page_constructed (GObject *object)
{
  FerryOptionsPage *self = FERRY_OPTIONS_PAGE (object);
  FerrySession *session = get_session (self);

  G_OBJECT_CLASS (ferry_options_page_parent_class)->constructed (object);

  make_bindings (self);
  make_folds (self);
  bind_switch (self, self->install, "install");
  bind_switch (self, self->join, "join-group");
  bind_switch (self, self->menu, "show-menu");
  bind_switch (self, self->mode, "passthrough-mode");
  g_signal_connect_object (get_wish (self), "notify::binding", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::card", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::report", G_CALLBACK (card_found), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::scanning", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_options_page_dispose (GObject *object)
{
  g_clear_object (&FERRY_OPTIONS_PAGE (object)->described);
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_OPTIONS_PAGE);
  G_OBJECT_CLASS (ferry_options_page_parent_class)->dispose (object);
}

static void
ferry_options_page_class_init (FerryOptionsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = ferry_options_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_options_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_options_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/ferryvm/Ferry/ui/options-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, bindings);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, install);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, install_row);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, programs);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, more);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, modes);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, join);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, join_row);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, menu);
  gtk_widget_class_bind_template_child (widget_class, FerryOptionsPage, mode);
}

static void
ferry_options_page_init (FerryOptionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
