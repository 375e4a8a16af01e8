/* size-page.c: see size-page.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "amount.h"
#include "blueprint.h"
#include "size-page.h"
#include "size-row.h"

#define MEBIBYTE (G_GUINT64_CONSTANT (1) << 20)
#define GIBIBYTE (G_GUINT64_CONSTANT (1) << 30)

struct _FerrySizePage
{
  FerryPage parent_instance;

  FerryHeading *heading;
  GtkEditable *name;
  GtkLabel *name_problem;
  GtkStack *stack;
  FerrySizeRow *memory;
  FerrySizeRow *processors;
  FerrySizeRow *disk;
  GtkLabel *problem;

  gboolean updating; /* the page changes its own rows */
};

G_DEFINE_FINAL_TYPE (FerrySizePage, ferry_size_page, FERRY_TYPE_PAGE)

static FerryBlueprint *
get_blueprint (FerrySizePage *self)
{
  return ferry_session_get_blueprint (ferry_page_get_session (FERRY_PAGE (self)));
}

/* Small computers are measured in half gibibytes, large ones in whole ones. */
static guint64
choose_memory_step (const FerryRoom *room)
{
  return room->memory_total <= 16 * GIBIBYTE ? 512 * MEBIBYTE : GIBIBYTE;
}

static void
show_memory (FerrySizePage *self, const FerryRoom *room, const FerryGuest *guest)
{
  g_autofree char *value = ferry_amount_print (guest->memory);
  g_autofree char *sentence = ferry_room_describe_memory (room, guest->memory);

  ferry_size_row_set_range (self->memory, room->memory_min, room->memory_max, room->memory_good,
                            choose_memory_step (room));
  ferry_size_row_set_value (self->memory, guest->memory);
  ferry_size_row_set_words (self->memory, value, sentence);
}

static void
show_processors (FerrySizePage *self, const FerryRoom *room, const FerryGuest *guest)
{
  g_autofree char *value = g_strdup_printf ("%u", guest->processors);
  g_autofree char *sentence = ferry_room_describe_processors (room, guest->processors);

  ferry_size_row_set_range (self->processors, room->processors_min, room->processors_max,
                            room->processors_good, 1);
  ferry_size_row_set_value (self->processors, guest->processors);
  ferry_size_row_set_words (self->processors, value, sentence);
}

static void
show_disk (FerrySizePage *self, const FerryRoom *room, const FerryGuest *guest)
{
  g_autofree char *value = ferry_amount_print (guest->disk_size);
  /* Nobody chooses ten terabytes with a slider. */
  const guint64 highest = MIN (room->disk_max, MAX (room->disk_good * 8, 2048 * GIBIBYTE));

  ferry_size_row_set_range (self->disk, room->disk_min, highest, room->disk_good, 5 * GIBIBYTE);
  ferry_size_row_set_value (self->disk, guest->disk_size);
  ferry_size_row_set_words (self->disk, value,
                            _ ("The file of the disk starts small and grows with what is put on "
                               "it, up to this size."));
}

static char *
find_name_problem (FerrySizePage *self, const char *name)
{
  g_autoptr (GError) error = NULL;

  if (!ferry_guest_check_name (name, &error))
    return g_strdup (error->message);
  if (ferry_workshop_has_machine (ferry_blueprint_get_workshop (get_blueprint (self)), name))
    return g_strdup (_ ("There is a virtual machine of this name already. Choose another one."));
  return NULL;
}

static void
set_problem (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static void
show_name (FerrySizePage *self, const char *name)
{
  g_autofree char *problem = find_name_problem (self, name);

  if (g_strcmp0 (gtk_editable_get_text (self->name), name) != 0)
    gtk_editable_set_text (self->name, name);
  set_problem (self->name_problem, problem);
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name), "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update (FerrySizePage *self)
{
  const FerryGuest *guest = ferry_blueprint_get_guest (get_blueprint (self));
  const FerryRoom room = ferry_blueprint_get_room (get_blueprint (self));
  const gboolean known = room.memory_total > 0;
  g_autofree char *problem = known ? ferry_room_find_problem (&room, guest) : NULL;

  self->updating = TRUE;
  show_name (self, guest->name);
  if (known)
    {
      show_memory (self, &room, guest);
      show_processors (self, &room, guest);
      show_disk (self, &room, guest);
    }
  set_problem (self->problem, problem);
  self->updating = FALSE;
  gtk_stack_set_visible_child_name (self->stack, known ? "sizes" : "reading");
  ferry_page_set_complete (FERRY_PAGE (self),
                           known && problem == NULL
                               && !gtk_widget_get_visible (GTK_WIDGET (self->name_problem)));
}

static void
name_changed (FerrySizePage *self)
{
  if (self->updating)
    return;
  ferry_guest_set (&ferry_blueprint_get_guest (get_blueprint (self))->name,
                   gtk_editable_get_text (self->name));
  ferry_blueprint_changed (get_blueprint (self), FERRY_BLUEPRINT_NAME);
}

static void
memory_changed (FerrySizePage *self)
{
  ferry_blueprint_get_guest (get_blueprint (self))->memory
      = ferry_size_row_get_value (self->memory);
  ferry_blueprint_changed (get_blueprint (self), FERRY_BLUEPRINT_MEMORY);
}

static void
processors_changed (FerrySizePage *self)
{
  ferry_blueprint_get_guest (get_blueprint (self))->processors
      = (guint) ferry_size_row_get_value (self->processors);
  ferry_blueprint_changed (get_blueprint (self), FERRY_BLUEPRINT_PROCESSORS);
}

static void
disk_changed (FerrySizePage *self)
{
  ferry_blueprint_get_guest (get_blueprint (self))->disk_size
      = ferry_size_row_get_value (self->disk);
  ferry_blueprint_changed (get_blueprint (self), FERRY_BLUEPRINT_DISK);
}

static void
ferry_size_page_shown (FerryPage *page)
{
  ferry_blueprint_begin (get_blueprint (FERRY_SIZE_PAGE (page)));
}

static void
ferry_size_page_constructed (GObject *object)
{
  FerrySizePage *self = FERRY_SIZE_PAGE (object);

  G_OBJECT_CLASS (ferry_size_page_parent_class)->constructed (object);

  g_signal_connect_object (get_blueprint (self), "notify::guest", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
ferry_size_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FERRY_TYPE_SIZE_PAGE);
  G_OBJECT_CLASS (ferry_size_page_parent_class)->dispose (object);
}

static void
ferry_size_page_class_init (FerrySizePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (FERRY_TYPE_SIZE_ROW);

  G_OBJECT_CLASS (klass)->constructed = ferry_size_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = ferry_size_page_dispose;
  FERRY_PAGE_CLASS (klass)->shown = ferry_size_page_shown;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/ferryvm/Ferry/ui/size-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, heading);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, name);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, name_problem);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, stack);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, memory);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, processors);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, disk);
  gtk_widget_class_bind_template_child (widget_class, FerrySizePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, name_changed);
  gtk_widget_class_bind_template_callback (widget_class, memory_changed);
  gtk_widget_class_bind_template_callback (widget_class, processors_changed);
  gtk_widget_class_bind_template_callback (widget_class, disk_changed);
}

static void
ferry_size_page_init (FerrySizePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
