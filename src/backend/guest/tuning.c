/* tuning.c: see tuning.h.
 *
 * Where the rules come from: libvirt's "CPU Tuning" (formatdomain.html) for what can be pinned; the
 * kernel's Documentation/admin-guide/cputopology.rst for what shares a core; QEMU counts virtual
 * processors thread by thread within a core (docs of "-smp"), so siblings are pinned next to each
 * other. The first core stays with the computer, because the kernel does its housekeeping there
 * (Documentation/timers/no_hz.rst: the boot processor keeps the time).
 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "guest/tuning.h"

#define MIB (G_GUINT64_CONSTANT (1) << 20)
#define GIB (G_GUINT64_CONSTANT (1) << 30)
/* x86 has them on every processor that runs virtual machines, and they can still be found when the
 * computer has been on for a while, which pages of 1 GiB cannot. */
#define HUGE_PAGE (2 * MIB)
/* What huge pages must leave: they are taken from the computer even while nothing runs. */
#define KEPT_MEMORY (4 * GIB)

typedef struct
{
  const FerryThread *first;
  guint n_threads;
  gboolean housekeeping; /* the kernel's first processor is in it */
} Core;

typedef struct
{
  FerryTuning *tuning;
  const FerryCores *cores;
  Core *list;    /* by number of the core */
  gboolean *wanted; /* by number of the core: may be given */
  guint needed;  /* threads */
} Choice;

static void
add_reason (FerryTuning *self, const char *text)
{
  g_ptr_array_add (self->reasons, g_strdup (text));
}

static const FerryThread *
get_thread (const FerryCores *cores, guint index)
{
  return &g_array_index (cores->threads, FerryThread, index);
}

static void
list_cores (Choice *choice)
{
  const FerryCores *cores = choice->cores;

  choice->list = g_new0 (Core, cores->n_cores);
  choice->wanted = g_new0 (gboolean, cores->n_cores);
  for (guint i = 0; i < cores->threads->len; i++)
    {
      const FerryThread *thread = get_thread (cores, i);
      Core *core = &choice->list[thread->core];

      if (core->first == NULL)
        core->first = thread;
      core->n_threads++;
      core->housekeeping = core->housekeeping || i == 0;
    }
}

/* What one group of cores has in common; G_MAXUINT: nothing. */
typedef struct
{
  guint cache, package;
} Group;

static gboolean
is_in (const Core *core, const Group *group)
{
  return (group->cache == G_MAXUINT || core->first->cache == group->cache)
         && (group->package == G_MAXUINT || core->first->package == group->package);
}

static guint
count_wanted (const Choice *choice, const Group *group)
{
  guint threads = 0;

  for (guint i = 0; i < choice->cores->n_cores; i++)
    if (choice->wanted[i] && is_in (&choice->list[i], group))
      threads += choice->list[i].n_threads;
  return threads;
}

/* The smallest cache, else the smallest chip, that has enough; else all of them together. */
static gboolean
find_group (const Choice *choice, Group *group)
{
  const Group all = { G_MAXUINT, G_MAXUINT };
  guint best = G_MAXUINT;

  *group = all;
  for (guint i = 0; i < choice->cores->n_caches; i++)
    {
      const Group cache = { i, G_MAXUINT };
      guint threads = count_wanted (choice, &cache);

      if (threads >= choice->needed && threads <= best)
        *group = cache, best = threads;
    }
  for (guint i = 0; best == G_MAXUINT && i < choice->cores->n_packages; i++)
    {
      const Group package = { G_MAXUINT, i };

      if (count_wanted (choice, &package) >= choice->needed)
        *group = package, best = 0;
    }
  return best != G_MAXUINT || count_wanted (choice, &all) >= choice->needed;
}

/* Takes cores of @group from the last one on, so that the computer keeps the first ones. */
static void
take (Choice *choice, const Group *group)
{
  guint left = choice->needed;

  for (guint i = choice->cores->n_cores; i > 0; i--)
    {
      Core *core = &choice->list[i - 1];

      choice->wanted[i - 1] = choice->wanted[i - 1] && left > 0 && is_in (core, group);
      if (choice->wanted[i - 1])
        left -= MIN (left, core->n_threads);
    }
}

static void
want (Choice *choice, FerryCoreKind kind, gboolean all_kinds, gboolean housekeeping)
{
  for (guint i = 0; i < choice->cores->n_cores; i++)
    {
      const Core *core = &choice->list[i];

      choice->wanted[i] = core->first != NULL && (all_kinds || core->first->kind == kind)
                          && (housekeeping || !core->housekeeping);
    }
}

static guint
count_kind (const Choice *choice, FerryCoreKind kind)
{
  guint n = 0;

  for (guint i = 0; i < choice->cores->n_cores; i++)
    n += choice->list[i].first != NULL && choice->list[i].first->kind == kind;
  return n;
}

/* Fast cores alone if they are enough, also the first one when slow ones remain; then any but the
 * first. Says what was possible. */
static gboolean
choose (Choice *choice, Group *group)
{
  gboolean hybrid = count_kind (choice, FERRY_CORE_PERFORMANCE) > 0
                    && count_kind (choice, FERRY_CORE_EFFICIENCY) > 0;

  for (guint housekeeping = 0; hybrid && housekeeping < 2; housekeeping++)
    {
      want (choice, FERRY_CORE_PERFORMANCE, FALSE, housekeeping != 0);
      if (!find_group (choice, group))
        continue;
      add_reason (choice->tuning, _("This processor has fast cores and power-saving ones. The virtual "
                                    "machine gets fast cores only, because games and programs wait "
                                    "for the slowest one."));
      return TRUE;
    }
  want (choice, FERRY_CORE_PLAIN, TRUE, FALSE);
  if (!find_group (choice, group))
    return FALSE;
  if (hybrid)
    add_reason (choice->tuning, _("There are not enough fast cores, so it gets power-saving ones as "
                                  "well. Fewer processors may be faster."));
  return TRUE;
}

/* Siblings next to each other, as QEMU counts them. */
static void
pin (Choice *choice)
{
  FerryTuning *self = choice->tuning;

  for (guint c = 0; c < choice->cores->n_cores; c++)
    for (guint i = 0; i < choice->cores->threads->len; i++)
      {
        const FerryThread *thread = get_thread (choice->cores, i);

        if (thread->core != c)
          continue;
        if (!choice->wanted[c])
          g_array_append_val (self->rest, thread->id);
        else if (self->pins->len < choice->needed)
          g_array_append_val (self->pins, thread->id);
      }
  self->pinned = TRUE;
}

/* What the virtual machine sees: threads of a core only where all its cores are whole. */
static guint
count_threads (const Choice *choice)
{
  guint threads = 0;

  for (guint i = 0; i < choice->cores->n_cores; i++)
    {
      if (!choice->wanted[i])
        continue;
      if (threads != 0 && choice->list[i].n_threads != threads)
        return 1;
      threads = choice->list[i].n_threads;
    }
  return threads > 0 && choice->needed % threads == 0 ? threads : 1;
}

static void
explain_pins (Choice *choice, const Group *group)
{
  FerryTuning *self = choice->tuning;
  guint given = 0, kept = 0;
  g_autofree char *machine = NULL;

  for (guint i = 0; i < choice->cores->n_cores; i++)
    if (choice->list[i].first != NULL)
      choice->wanted[i] ? given++ : kept++;
  machine = g_strdup_printf (ngettext ("The virtual machine gets %u core for itself",
                                       "The virtual machine gets %u cores for itself", given),
                             given);
  g_free (self->sentence);
  /* Translators: %s is "The virtual machine gets 3 cores for itself". */
  self->sentence = g_strdup_printf (ngettext ("%s; your system keeps %u core.",
                                              "%s; your system keeps %u cores.", kept),
                                    machine, kept);
  add_reason (self, _("Your system keeps the cores that are not given, with the first one whenever it "
                      "can: there it does its own housekeeping."));
  if (choice->cores->threads->len > choice->cores->n_cores)
    add_reason (self, _("Both threads of a core stay on the same side, because they share what is "
                        "inside the core."));
  if (choice->cores->n_caches > 1 && group->cache != G_MAXUINT)
    add_reason (self, _("All its cores share one cache, so that they work together without detours."));
  else if (choice->cores->n_caches > 1)
    add_reason (self, _("It has more processors than share one cache. That works; with fewer "
                        "processors, games may run more evenly."));
  if (choice->needed % 2 == 1 && choice->cores->threads->len > choice->cores->n_cores)
    add_reason (self, _("An odd number of processors leaves half a core unused. An even number is "
                        "better."));
}

static void
tune_processors (FerryTuning *self, const FerryCores *cores, const FerryGuest *guest)
{
  Choice choice = { self, cores, NULL, NULL, guest->processors };
  Group group;

  if (cores == NULL || !cores->known)
    {
      add_reason (self, _("Ferry could not see which processors belong to one core, so the "
                          "processors are shared."));
      return;
    }
  list_cores (&choice);
  if (choose (&choice, &group))
    {
      take (&choice, &group);
      pin (&choice);
      self->threads = count_threads (&choice);
      self->cores = guest->processors / self->threads;
      explain_pins (&choice, &group);
    }
  else
    add_reason (self, _("The virtual machine has so many processors that your system would keep no "
                        "core for itself, so the cores are shared. Choose fewer processors to give it "
                        "cores of its own."));
  g_free (choice.list);
  g_free (choice.wanted);
}

static void
tune_memory (FerryTuning *self, FerryMachine *machine, const FerryGuest *guest)
{
  guint64 total = machine->system->memory;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  if (!guest->huge_pages)
    return;
  if (guest->memory % HUGE_PAGE != 0)
    {
      add_reason (self, _("Huge pages were left out: the memory is not a multiple of 2 MiB."));
      return;
    }
  if (total == 0 || guest->memory + KEPT_MEMORY > total)
    {
      add_reason (self, _("Huge pages were left out: they are taken away from your system, which would "
                          "keep less than 4 GiB."));
      return;
    }
  self->huge_page = HUGE_PAGE;
  self->huge_pages = guest->memory / HUGE_PAGE;
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, self->huge_pages);
  text = g_strdup_printf (ngettext ("The memory is taken as %s huge page of 2 MiB, so that the processor "
                                    "finds it faster. Ferry sets that aside before it starts the virtual "
                                    "machine, and your system gets it back at the next restart.",
                                    "The memory is taken as %s huge pages of 2 MiB, so that the processor "
                                    "finds it faster. Ferry sets that aside before it starts the virtual "
                                    "machine, and your system gets it back at the next restart.",
                                    self->huge_pages),
                          number);
  add_reason (self, text);
}

/**
 * ferry_tuning_make:
 * @machine: the computer
 * @guest: how many processors and how much memory it has, and which parts of the tuning are wanted
 *
 * Returns: (transfer full): what to set; with everything off it is what always works
 */
FerryTuning *
ferry_tuning_make (FerryMachine *machine, const FerryGuest *guest)
{
  FerryTuning *self = g_new0 (FerryTuning, 1);

  self->cores = guest->processors;
  self->threads = 1;
  self->pins = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rest = g_array_new (FALSE, FALSE, sizeof (guint));
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->sentence = g_strdup (_("The cores are shared: your system decides from moment to moment which "
                               "one works for the virtual machine."));
  if (!guest->tuning)
    return self;
  if (guest->pinning)
    tune_processors (self, machine->cores, guest);
  if (guest->disk != NULL && ferry_guest_uses_virtio (guest))
    {
      self->io_thread = TRUE;
      add_reason (self, _("The disk has a thread of its own, so that reading and writing do not wait "
                          "for other work."));
    }
  tune_memory (self, machine, guest);
  return self;
}

void
ferry_tuning_free (FerryTuning *tuning)
{
  g_array_unref (tuning->pins);
  g_array_unref (tuning->rest);
  g_free (tuning->sentence);
  g_ptr_array_unref (tuning->reasons);
  g_free (tuning);
}

/**
 * ferry_tuning_gives:
 * @id: of a #FerryThread
 *
 * Returns: whether the virtual machine has the thread for itself
 */
gboolean
ferry_tuning_gives (const FerryTuning *tuning, guint id)
{
  for (guint i = 0; i < tuning->pins->len; i++)
    if (g_array_index (tuning->pins, guint, i) == id)
      return TRUE;
  return FALSE;
}
