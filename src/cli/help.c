/* help.c: ferryctl help and ferryctl version. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/output.h"
#include "cli/request.h"
#include "plan/paragraph.h"

static void
append_row (GString *out, const char *left, const char *right)
{
  int width = (int)g_utf8_strlen (left, -1);
  g_autofree char *rest = g_strnfill (20, ' ');
  g_autofree char *first = g_strdup_printf (width < 18 ? "  %s%*s" : "  %s\n%*s", left,
                                            width < 18 ? 18 - width : 20, "");

  ferry_paragraph_append (out, first, rest, right);
}

/* In the order in which they are shown; 0 fits every command. */
static const struct
{
  guint option; /* FerryOption */
  const char *name;
  const char *help;
} options[] = {
  { FERRY_OPTION_JSON, "--json", N_ ("write JSON, for programs") },
  { FERRY_OPTION_HTML, N_ ("--html FILE"), N_ ("write a page to print or to read on a phone") },
  { FERRY_OPTION_DIFF, "--diff", N_ ("show each change line by line") },
  { FERRY_OPTION_INTENT, N_ ("--card ADDRESS"),
    N_ ("give this graphics card away; “ferryctl cards” shows the addresses. Can be repeated") },
  { FERRY_OPTION_INTENT, N_ ("--binding WAY"),
    N_ ("how the card is recognised: auto, ids, subsystem-ids or address") },
  { FERRY_OPTION_INTENT, "--no-install", N_ ("do not install missing programs") },
  { FERRY_OPTION_INTENT, "--no-passthrough-mode", N_ ("leave out iommu=pt") },
  { FERRY_OPTION_INTENT, "--keep-menu", N_ ("do not make a hidden boot menu visible") },
  { FERRY_OPTION_INTENT, "--join-group",
    N_ ("make you a member of the group libvirt, which can do as much as root") },
  { FERRY_OPTION_INTENT, "--accept-only-display",
    N_ ("yes, this system will have no screen of its own") },
  { FERRY_OPTION_INTENT, "--accept-acs-override",
    N_ ("yes, the groups of this computer are only pretended") },
  { FERRY_OPTION_ROOT, N_ ("--machine FILE"),
    N_ ("look at a computer that was recorded with “ferryctl record”") },
  { FERRY_OPTION_VM, N_ ("--card ADDRESS"), N_ ("the graphics card; “ferryctl cards” shows the addresses") },
  { FERRY_OPTION_VM, N_ ("--system NAME"), N_ ("the system: win11, win10, ubuntu, fedora, debian, manjaro, linux and more") },
  { FERRY_OPTION_VM, N_ ("--medium FILE"), N_ ("installation medium, an ISO image; says the system, too") },
  { FERRY_OPTION_VM, N_ ("--drivers FILE"), N_ ("the virtio-win image with drivers for Windows") },
  { FERRY_OPTION_VM, N_ ("--memory SIZE"), N_ ("memory, such as 8G") },
  { FERRY_OPTION_VM, N_ ("--processors NUMBER"), N_ ("how many processors the system sees") },
  { FERRY_OPTION_VM, N_ ("--disk SIZE"), N_ ("size of the new disk, or the path of a disk image that is there; “none” for no disk") },
  { FERRY_OPTION_VM, N_ ("--pool NAME"), N_ ("libvirt's storage pool for the new disk") },
  { FERRY_OPTION_VM, N_ ("--network NAME"), N_ ("libvirt's network, or “none”") },
  { FERRY_OPTION_VM, N_ ("--rom FILE"), N_ ("ROM file of the card, for the few cards that need one") },
  { FERRY_OPTION_VM, N_ ("--device ADDRESS"), N_ ("one more device, such as a USB controller. Can be repeated") },
  { FERRY_OPTION_VM, N_ ("--usb ID"), N_ ("a USB device, as lsusb writes it: 046d:c52b. Can be repeated") },
  { FERRY_OPTION_VM, N_ ("--keyboard NAME"), N_ ("a keyboard to take turns with, from /dev/input/by-id") },
  { FERRY_OPTION_VM, N_ ("--mouse NAME"), N_ ("a mouse to take turns with, from /dev/input/by-id") },
  { FERRY_OPTION_VM, N_ ("--looking-glass SIZE"), N_ ("shared memory for Looking Glass, such as 1920x1080; with --hdr twice of it") },
  { FERRY_OPTION_VM, "--hdr", N_ ("room for a picture in HDR") },
  { FERRY_OPTION_VM, "--no-tuning", N_ ("leave to the kernel which processors do the work") },
  { FERRY_OPTION_VM, "--huge-pages", N_ ("memory in large pages") },
  { FERRY_OPTION_VM, "--no-window", N_ ("no screen in a window, only that of the card") },
  { FERRY_OPTION_VM, "--hide", N_ ("hide that it is a virtual machine, for NVIDIA drivers before 465") },
  { FERRY_OPTION_VM, "--dry-run", N_ ("only show what would be done") },
  { FERRY_OPTION_VM, "--keep-disk", N_ ("remove: the files stay") },
  { FERRY_OPTION_VM, "--force", N_ ("stop, remove: do not wait for the system inside") },
  { FERRY_OPTION_VM, N_ ("--connect URI"), N_ ("another libvirt than qemu:///system") },
  { FERRY_OPTION_VM, "--json", N_ ("write JSON, for programs") },
  { FERRY_OPTION_VM, N_ ("--machine FILE"), N_ ("create --dry-run: for a computer that was recorded") },
  { FERRY_OPTION_VM, N_ ("--root DIR"), N_ ("create --dry-run: for the system whose files are below this folder") },
  { FERRY_OPTION_YES | FERRY_OPTION_VM, "--yes", N_ ("do not ask") },
  { FERRY_OPTION_FORCE, "--force", N_ ("take back files that were edited since, too") },
  { FERRY_OPTION_ROOT | FERRY_OPTION_FOLDER, N_ ("--root DIR"),
    N_ ("look at the system whose files are below this folder") },
  { 0, "--help", N_ ("explain the command") },
};

static void
append_options (GString *out, guint wanted)
{
  ferry_paragraph_append (out, "", "", _ ("Options"));
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].option == 0 || (wanted & options[i].option) != 0)
      append_row (out, _ (options[i].name), _ (options[i].help));
}

static char *
list_commands (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const FerryCommand *commands;
  guint n;

  ferry_paragraph_append (out, "", "",
                          _ ("ferryctl looks at this computer and says whether one of its "
                             "graphics cards can be given to a virtual machine."));
  g_string_append_printf (out, "\n%s\n  ferryctl %s\n\n", _ ("Usage"), _ ("COMMAND [OPTION…]"));
  ferry_paragraph_append (out, "", "", _ ("Commands"));
  commands = ferry_command_list (&n);
  for (guint i = 0; i < n; i++)
    {
      const char *argument = commands[i].argument != NULL ? _ (commands[i].argument) : "";
      g_autofree char *left = g_strdup_printf (commands[i].optional ? "%s [%s]" : "%s %s",
                                               commands[i].name, argument);
      append_row (out, g_strchomp (left), _ (commands[i].summary));
    }
  g_string_append_c (out, '\n');
  append_options (out, FERRY_OPTION_JSON | FERRY_OPTION_ROOT);
  append_row (out, "--version", _ ("show the version"));
  g_string_append_c (out, '\n');
  ferry_paragraph_append (out, "", "",
                          _ ("Start with “ferryctl check”. It changes nothing. More is in the "
                             "manual: “man ferryctl”."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
explain_command (const FerryCommand *command)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *argument = command->argument != NULL ? _ (command->argument) : NULL;

  g_string_append_printf (out, "%s\n  ferryctl %s", _ ("Usage"), command->name);
  if (argument != NULL)
    g_string_append_printf (out, command->optional ? " [%s]" : " %s", argument);
  if (command->options != 0)
    g_string_append_printf (out, " %s", _ ("[OPTION…]"));
  g_string_append (out, "\n\n");
  ferry_paragraph_append (out, "", "", _ (command->help));
  g_string_append_c (out, '\n');
  append_options (out, command->options);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

int
ferry_command_help (const FerryRequest *request, GError **error)
{
  const char *name = request->arguments[0];
  const FerryCommand *command = name != NULL ? ferry_command_find (name) : NULL;
  g_autofree char *text = NULL;

  if (name != NULL && command == NULL)
    {
      g_autofree char *quoted = ferry_paragraph_shorten (name, 60);
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no command “%s”."),
                   quoted);
      return FERRY_EXIT_USAGE;
    }
  text = command != NULL ? explain_command (command) : list_commands ();
  return ferry_output_print (text, error) ? FERRY_EXIT_READY : FERRY_EXIT_ERROR;
}

int
ferry_command_version (const FerryRequest *request, GError **error)
{
  return ferry_output_print ("ferryctl " FERRY_VERSION "\n", error) ? FERRY_EXIT_READY
                                                                    : FERRY_EXIT_ERROR;
}
