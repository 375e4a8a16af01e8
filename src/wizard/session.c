/* session.c: see session.h. */
#include "config.h"

#include "session.h"

#include "blueprint.h"
#include "errand.h"
#include "scan.h"

struct _FerrySession
{
  GObject parent_instance;

  FerryRoot *home;     /* this computer, or the folder that --root named */
  char *recording;     /* the opened .machine file, or NULL */
  char *recording_name;
  FerryScan *found;    /* NULL before the first scan */
  GCancellable *cancellable; /* of the running scan, NULL when none runs */
  GPtrArray *parts;    /* of char *, begun so far in the running or last scan */
  char *card;          /* address of the chosen card, or NULL */
  char *problem;
  FerryErrand *errand; /* NULL until it is asked for */
  FerryBlueprint *blueprint;   /* the same */
};

G_DEFINE_FINAL_TYPE (FerrySession, ferry_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_MACHINE,
  PROP_REPORT,
  PROP_GUIDANCE,
  PROP_CARD,
  PROP_SCANNING,
  PROP_PART,
  PROP_RECORDING,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify (FerrySession *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
ferry_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FerrySession *self = FERRY_SESSION (object);

  switch (id)
    {
    case PROP_MACHINE:
      g_value_set_object (value, ferry_session_get_machine (self));
      return;
    case PROP_REPORT:
      g_value_set_pointer (value, (gpointer) ferry_session_get_report (self));
      return;
    case PROP_GUIDANCE:
      g_value_set_pointer (value, (gpointer) ferry_session_get_guidance (self));
      return;
    case PROP_CARD:
      g_value_set_string (value, self->card);
      return;
    case PROP_SCANNING:
      g_value_set_boolean (value, ferry_session_get_scanning (self));
      return;
    case PROP_PART:
      g_value_set_string (value, self->parts->len > 0
                                     ? g_ptr_array_index (self->parts, self->parts->len - 1)
                                     : NULL);
      return;
    case PROP_RECORDING:
      g_value_set_string (value, self->recording_name);
      return;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      return;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
ferry_session_dispose (GObject *object)
{
  FerrySession *self = FERRY_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->blueprint);
  g_clear_object (&self->errand);
  g_clear_pointer (&self->found, ferry_scan_free);
  g_clear_pointer (&self->home, ferry_root_unref);
  G_OBJECT_CLASS (ferry_session_parent_class)->dispose (object);
}

static void
ferry_session_finalize (GObject *object)
{
  FerrySession *self = FERRY_SESSION (object);

  g_free (self->recording);
  g_free (self->recording_name);
  g_free (self->card);
  g_free (self->problem);
  g_ptr_array_unref (self->parts);
  G_OBJECT_CLASS (ferry_session_parent_class)->finalize (object);
}

static void
ferry_session_class_init (FerrySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ferry_session_get_property;
  object_class->dispose = ferry_session_dispose;
  object_class->finalize = ferry_session_finalize;

  properties[PROP_MACHINE]
      = g_param_spec_object ("machine", NULL, NULL, FERRY_TYPE_MACHINE, flags);
  properties[PROP_REPORT] = g_param_spec_pointer ("report", NULL, NULL, flags);
  properties[PROP_GUIDANCE] = g_param_spec_pointer ("guidance", NULL, NULL, flags);
  properties[PROP_CARD] = g_param_spec_string ("card", NULL, NULL, NULL, flags);
  properties[PROP_SCANNING] = g_param_spec_boolean ("scanning", NULL, NULL, FALSE, flags);
  properties[PROP_PART] = g_param_spec_string ("part", NULL, NULL, NULL, flags);
  properties[PROP_RECORDING] = g_param_spec_string ("recording", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ferry_session_init (FerrySession *self)
{
  self->parts = g_ptr_array_new_with_free_func (g_free);
}

/**
 * ferry_session_new:
 * @root: the computer that the wizard is for
 *
 * Returns: (transfer full): a session that has not read anything yet
 */
FerrySession *
ferry_session_new (FerryRoot *root)
{
  FerrySession *self = g_object_new (FERRY_TYPE_SESSION, NULL);

  self->home = ferry_root_ref (root);
  return self;
}

static void
set_problem (FerrySession *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  notify (self, PROP_PROBLEM);
}

static void
set_card (FerrySession *self, const char *address)
{
  if (g_strcmp0 (self->card, address) == 0)
    return;
  g_free (self->card);
  self->card = g_strdup (address);
  notify (self, PROP_CARD);
}

static void
part_begun (const char *part, gpointer user_data)
{
  FerrySession *self = user_data;

  g_ptr_array_add (self->parts, g_strdup (part));
  notify (self, PROP_PART);
}

/* The old values live until everybody has been told of the new ones. */
static void
replace_found (FerrySession *self, FerryScan *found)
{
  g_autoptr (FerryScan) old = g_steal_pointer (&self->found);

  g_object_freeze_notify (G_OBJECT (self));
  self->found = found;
  if (ferry_session_get_card (self) == NULL)
    set_card (self, NULL);
  notify (self, PROP_MACHINE);
  notify (self, PROP_REPORT);
  notify (self, PROP_GUIDANCE);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
scan_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FerrySession *self = FERRY_SESSION (object);
  g_autoptr (GError) error = NULL;
  FerryScan *found = ferry_scan_finish (object, result, &error);

  /* Cancelled: a newer scan runs, or nobody is interested. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_object (&self->cancellable);
  notify (self, PROP_SCANNING);
  set_problem (self, error != NULL ? error->message : NULL);
  if (found != NULL)
    replace_found (self, found);
  g_object_thaw_notify (G_OBJECT (self));
}

static char *
load_menus (void)
{
  g_autoptr (GBytes) bytes
      = g_resources_lookup_data (FERRY_SESSION_MENUS, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    return NULL;
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/**
 * ferry_session_scan:
 *
 * Reads the computer (again). What was found before stays until the new scan is done.
 */
void
ferry_session_scan (FerrySession *self)
{
  g_autofree char *menus = load_menus ();

  g_return_if_fail (FERRY_IS_SESSION (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->parts, 0);
  set_problem (self, NULL);
  notify (self, PROP_PART);
  notify (self, PROP_SCANNING);
  ferry_scan_start (self->home, self->recording, menus, self->cancellable, part_begun, scan_done,
                    G_OBJECT (self));
}

/**
 * ferry_session_cancel:
 *
 * Stops waiting for the running scan, if there is one. Reading changes nothing, so this is safe.
 */
void
ferry_session_cancel (FerrySession *self)
{
  g_return_if_fail (FERRY_IS_SESSION (self));
  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  notify (self, PROP_SCANNING);
}

/* Another computer: nothing that was found or chosen holds any more. */
static void
change_computer (FerrySession *self, const char *recording)
{
  g_autofree char *copy = g_strdup (recording);

  g_free (self->recording);
  g_free (self->recording_name);
  self->recording_name = copy != NULL ? g_path_get_basename (copy) : NULL;
  self->recording = g_steal_pointer (&copy);
  notify (self, PROP_RECORDING);
  set_card (self, NULL);
  replace_found (self, NULL);
  ferry_session_scan (self);
}

/**
 * ferry_session_open_recording:
 * @file: a .machine file
 *
 * Looks at a recorded computer instead of this one. When the file cannot be opened the session has
 * no machine and its problem says why.
 */
void
ferry_session_open_recording (FerrySession *self, const char *file)
{
  g_return_if_fail (FERRY_IS_SESSION (self));
  g_return_if_fail (file != NULL);
  change_computer (self, file);
}

/**
 * ferry_session_close_recording:
 *
 * Goes back to this computer.
 */
void
ferry_session_close_recording (FerrySession *self)
{
  g_return_if_fail (FERRY_IS_SESSION (self));
  if (self->recording != NULL)
    change_computer (self, NULL);
}

/**
 * ferry_session_get_home:
 *
 * Returns: (transfer none): this computer, or the folder that --root named; never an opened recording
 */
FerryRoot *
ferry_session_get_home (FerrySession *self)
{
  return self->home;
}

/**
 * ferry_session_get_root:
 *
 * Returns: (transfer none): the root that was read: the recorded machine's while one is open
 */
FerryRoot *
ferry_session_get_root (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->found != NULL ? self->found->root : self->home;
}

FerryMachine *
ferry_session_get_machine (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->found != NULL ? self->found->machine : NULL;
}

const FerryReport *
ferry_session_get_report (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->found != NULL ? self->found->report : NULL;
}

const FerryGuidance *
ferry_session_get_guidance (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->found != NULL ? self->found->guidance : NULL;
}

/**
 * ferry_session_get_facts:
 *
 * Returns: (transfer none) (nullable): what only root can read, of a recording or a folder; %NULL on the
 *   running computer, where the helper tells it
 */
GVariant *
ferry_session_get_facts (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->found != NULL ? self->found->facts : NULL;
}

gboolean
ferry_session_get_scanning (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), FALSE);
  return self->cancellable != NULL;
}

/**
 * ferry_session_is_part_read:
 * @part: as in FerryMachineProgress
 *
 * Returns: whether the running or last scan is through with @part
 */
gboolean
ferry_session_is_part_read (FerrySession *self, const char *part)
{
  guint index;

  g_return_val_if_fail (FERRY_IS_SESSION (self), FALSE);

  if (!g_ptr_array_find_with_equal_func (self->parts, part, g_str_equal, &index))
    return FALSE;
  return self->cancellable == NULL || index + 1 < self->parts->len;
}

const char *
ferry_session_get_recording (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->recording_name;
}

const char *
ferry_session_get_problem (FerrySession *self)
{
  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);
  return self->problem;
}

/**
 * ferry_session_get_card:
 *
 * Returns: (transfer none) (nullable): the card that was chosen, found again after each scan
 */
const FerryCard *
ferry_session_get_card (FerrySession *self)
{
  FerryMachine *machine = ferry_session_get_machine (self);

  if (machine == NULL || self->card == NULL)
    return NULL;
  for (guint i = 0; i < machine->cards->len; i++)
    {
      const FerryCard *card = g_ptr_array_index (machine->cards, i);
      if (g_str_equal (card->primary->id, self->card))
        return card;
    }
  return NULL;
}

/**
 * ferry_session_get_card_verdict:
 *
 * Returns: (transfer none) (nullable): the verdict on the card that was chosen
 */
const FerryVerdict *
ferry_session_get_card_verdict (FerrySession *self)
{
  const FerryReport *report = ferry_session_get_report (self);
  const FerryCard *card = ferry_session_get_card (self);

  if (report == NULL || card == NULL)
    return NULL;
  for (guint i = 0; i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);
      if (verdict->card == card)
        return verdict;
    }
  return NULL;
}

/**
 * ferry_session_choose_card:
 * @card: (nullable): a card of the machine, or %NULL for none
 */
void
ferry_session_choose_card (FerrySession *self, const FerryCard *card)
{
  g_return_if_fail (FERRY_IS_SESSION (self));
  set_card (self, card != NULL ? card->primary->id : NULL);
}

/**
 * ferry_session_get_errand:
 *
 * Returns: (transfer none): what is to be changed; only the running computer has a helper for it
 */
FerryErrand *
ferry_session_get_errand (FerrySession *self)
{
  g_autoptr (FerryHelper) helper = NULL;

  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);

  if (self->errand != NULL)
    return self->errand;
  if (ferry_root_is_live (self->home))
    helper = ferry_helper_new (NULL);
  self->errand = ferry_errand_new (self, helper);
  return self->errand;
}

/**
 * ferry_session_get_blueprint:
 *
 * Returns: (transfer none): the virtual machine that is described; only the running computer has a
 *   libvirt to make it
 */
FerryBlueprint *
ferry_session_get_blueprint (FerrySession *self)
{
  const char *uri = NULL;

  g_return_val_if_fail (FERRY_IS_SESSION (self), NULL);

  if (self->blueprint != NULL)
    return self->blueprint;
  if (ferry_root_is_live (self->home))
    uri = FERRY_VIRT_SYSTEM;
  self->blueprint = ferry_blueprint_new (self, ferry_workshop_new (uri, self->home));
  return self->blueprint;
}

/* Where only one card can be meant, the person need not choose it. The graphics of the processor are
 * never meant: giving them away is for experts. */
static const FerryCard *
find_obvious (const FerryReport *report)
{
  for (int limit = FERRY_CARD_YES; limit <= FERRY_CARD_NO; limit++)
    {
      const FerryCard *obvious = NULL;
      guint n_found = 0;

      for (guint i = 0; i < report->verdicts->len; i++)
        {
          const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

          if ((int)verdict->verdict > limit || verdict->card->integrated)
            continue;
          obvious = verdict->card;
          n_found++;
        }
      if (n_found > 0)
        return n_found == 1 ? obvious : NULL;
    }
  return NULL;
}

/**
 * ferry_session_find_card:
 *
 * Returns: (transfer none) (nullable): the chosen card, or the only one that can be meant
 */
const FerryCard *
ferry_session_find_card (FerrySession *self)
{
  const FerryReport *report = ferry_session_get_report (self);
  const FerryCard *card = ferry_session_get_card (self);

  return card == NULL && report != NULL ? find_obvious (report) : card;
}

/**
 * ferry_session_choose_obvious_card:
 *
 * For pages that are opened before one has been chosen. A card that cannot be passed is not chosen.
 */
void
ferry_session_choose_obvious_card (FerrySession *self)
{
  const FerryReport *report = ferry_session_get_report (self);
  const FerryCard *card = ferry_session_find_card (self);

  for (guint i = 0; report != NULL && i < report->verdicts->len; i++)
    {
      const FerryVerdict *verdict = g_ptr_array_index (report->verdicts, i);

      if (verdict->card == card && verdict->verdict != FERRY_CARD_NO)
        ferry_session_choose_card (self, card);
    }
}
