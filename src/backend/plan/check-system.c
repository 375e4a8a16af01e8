/* check-system.c: the checks of the installed system: memory, start files, software, the user. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/check-table.h"
#include "plan/kind.h"

#define GIB (G_GUINT64_CONSTANT (1) << 30)
/* Firmware and the kernel keep a little for themselves: 8 GiB are shown as about 7.7. */
#define ENOUGH_MEMORY (GIB * 15 / 2)

gboolean
ferry_check_memory (const FerryCheckFacts *facts, FerryCheck *check)
{
  const guint64 memory = facts->machine->system->memory;
  const char *why
      = _("The virtual machine and your own system share the memory. A virtual machine is comfortable "
          "with 8 GB of its own.");
  g_autofree char *title = NULL;

  if (memory == 0)
    {
      ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see the memory"), why, "");
      return TRUE;
    }
  /* Translators: an amount of memory in whole gigabytes. */
  title = g_strdup_printf (_("This computer has %u GB of memory"),
                           (guint)MIN ((memory + GIB / 2) / GIB, G_MAXUINT));
  if (memory >= ENOUGH_MEMORY)
    ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
  else
    ferry_check_say (check, FERRY_CHECK_WARN, title, why,
                     _("It works, but both will be slow. More memory helps most."));
  return TRUE;
}

static void
say_known_system (const FerrySystem *system, FerryCheck *check, const char *why)
{
  g_autofree char *title = g_strdup_printf (_("The system is %s"),
                                            system->name[0] != '\0' ? system->name : system->id);

  if (system->flatpak == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_WARN, title, why,
                     _("Ferry runs in a sandbox here. It can look, but to set things up it needs "
                       "its helper outside of the sandbox."));
  else if (system->family == FERRY_FAMILY_UNKNOWN)
    ferry_check_say (check, FERRY_CHECK_WARN, title, why,
                     _("Ferry does not know this system well. It tells you what to do by hand."));
  else
    ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
}

gboolean
ferry_check_system (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerrySystem *system = facts->machine->system;
  const char *why = _("What Ferry sets up has to be kept on the disk and read at the next start.");

  ferry_check_detail (check, "%s", system->id);
  if (system->live == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The system was started from a live medium"), why,
                     _("Install the system first: here every change is gone after a restart."));
  else if (system->immutable == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_FAIL, _("The system keeps its own files read-only"), why,
                     _("Ferry cannot set it up. Use the way that your system has for changes."));
  else if (system->id[0] == '\0' && system->name[0] == '\0')
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see which system this is"),
                     why, "");
  else
    say_known_system (system, check, why);
  return TRUE;
}

gboolean
ferry_check_boot_loader (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryLoader *loader = facts->machine->loader;
  const char *why
      = _("The boot loader starts your system and hands it the start line. Ferry adds a "
          "few words there.");
  g_autofree char *title = NULL;

  ferry_check_detail (check, "%s", loader->evidence != NULL ? loader->evidence : "");
  if (loader->kind == FERRY_LOADER_UNKNOWN)
    {
      const gboolean seen = loader->evidence != NULL && loader->evidence[0] != '\0';

      ferry_check_say (check, seen ? FERRY_CHECK_WARN : FERRY_CHECK_UNKNOWN,
                       _("Ferry could not tell which boot loader is in use"), why,
                       seen ? _("Ferry shows you the words, and you add them yourself.") : "");
      return TRUE;
    }
  title = g_strdup_printf (_("The boot loader is %s"), ferry_loader_kind_to_string (loader->kind));
  if (loader->kind == FERRY_LOADER_EFISTUB)
    ferry_check_say (check, FERRY_CHECK_WARN, title, why,
                     _("Ferry shows you the words, and you add them yourself."));
  else
    ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
  return TRUE;
}

gboolean
ferry_check_initramfs (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryInitramfs *initramfs = facts->machine->initramfs;
  const char *why
      = _("Early in the start, a small start image decides who gets which card. Ferry has "
          "to make it anew.");
  g_autofree char *title = NULL;

  ferry_check_detail (check, "%s", initramfs->evidence != NULL ? initramfs->evidence : "");
  if (initramfs->kind == FERRY_INITRAMFS_UNKNOWN)
    {
      ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                       _("Ferry could not tell how the start image is made"), why, "");
      return TRUE;
    }
  title = g_strdup_printf (_("The start image is made by %s"),
                           ferry_initramfs_kind_to_string (initramfs->kind));
  if (initramfs->kind == FERRY_INITRAMFS_BOOSTER)
    ferry_check_say (check, FERRY_CHECK_WARN, title, why,
                     _("Ferry tells you what to do by hand."));
  else
    ferry_check_say (check, FERRY_CHECK_PASS, title, why, "");
  return TRUE;
}

typedef struct
{
  FerryAnswer answer;
  const char *name;
} Program;

static void
sort_programs (const FerrySystem *system, GPtrArray *missing, guint *present)
{
  const Program programs[] = {
    { system->qemu, "QEMU" },   { system->libvirt, "libvirt" },
    { system->ovmf, "OVMF" },   { system->virt_manager, "virt-manager" },
    { system->swtpm, "swtpm" }, { system->dnsmasq, "dnsmasq" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    if (programs[i].answer == FERRY_ANSWER_NO)
      g_ptr_array_add (missing, g_strdup (programs[i].name));
    else
      *present += programs[i].answer == FERRY_ANSWER_YES;
}

/* Missing software is a warning: Ferry installs it itself, so it does not stop "ready". */
gboolean
ferry_check_software (const FerryCheckFacts *facts, FerryCheck *check)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  const char *why = _("Virtual machines need some programs.");
  g_autofree char *names = NULL;
  guint present = 0;

  sort_programs (facts->machine->system, missing, &present);
  names = ferry_kind_join (missing);
  ferry_check_detail (check, "%s", names);
  if (missing->len > 0)
    {
      check->fix = "software";
      ferry_check_say (check, FERRY_CHECK_WARN, _("Some programs are still missing"), why,
                       _("Ferry installs them for you when you go on."));
    }
  else if (present > 0)
    ferry_check_say (check, FERRY_CHECK_PASS, _("All needed programs are here"), why, "");
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN, _("Ferry could not see which programs are here"),
                     why, "");
  return TRUE;
}

gboolean
ferry_check_libvirt (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerrySystem *system = facts->machine->system;
  const char *why = _("The service “libvirt” looks after virtual machines.");

  if (system->libvirt_enabled == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("The service for virtual machines is on"), why,
                     "");
  else if (system->libvirt_enabled == FERRY_ANSWER_NO || system->libvirt == FERRY_ANSWER_NO)
    {
      check->fix = "software";
      ferry_check_say (check, FERRY_CHECK_WARN, _("The service for virtual machines is off"), why,
                       _("Ferry switches it on for you when you go on."));
    }
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see the service for virtual machines"), why, "");
  return TRUE;
}

gboolean
ferry_check_user_group (const FerryCheckFacts *facts, FerryCheck *check)
{
  const FerryAnswer answer = facts->machine->system->in_libvirt_group;
  const char *why = _("Members of the group “libvirt” manage virtual machines without a password. "
                      "They can do as much as the administrator.");

  if (answer == FERRY_ANSWER_YES)
    ferry_check_say (check, FERRY_CHECK_PASS, _("You may manage virtual machines"), why, "");
  else if (answer == FERRY_ANSWER_NO)
    ferry_check_say (check, FERRY_CHECK_WARN,
                     _("You are asked for a password when you manage virtual machines"), why,
                     _("That is fine. Ferry can add you to the group if you like."));
  else
    ferry_check_say (check, FERRY_CHECK_UNKNOWN,
                     _("Ferry could not see whether you may manage virtual machines"), why, "");
  return TRUE;
}
