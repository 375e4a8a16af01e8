/* command.c: see command.h. */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/command.h"

#define READING (FERRY_OPTION_JSON | FERRY_OPTION_ROOT)

static const FerryCommand commands[] = {
  { "check", NULL, FALSE, READING, N_ ("say whether this computer can do it, and what is missing"),
    N_ ("Looks at this computer and says in one sentence whether a graphics card can be given to a "
        "virtual machine. Below it stands what was checked and, where something is missing, what "
        "to do about it; then each graphics card.\n\n"
        "Nothing is changed. The exit status is 0 when everything is ready, 3 when steps are left "
        "and 4 when it is not possible."),
    ferry_command_check },
  { "cards", NULL, FALSE, READING, N_ ("list the graphics cards and which one can be given away"),
    N_ ("Lists the graphics cards, each with a verdict and its reasons. The exit status is that of "
        "the whole computer, as for “ferryctl check”."),
    ferry_command_cards },
  { "groups", NULL, FALSE, READING, N_ ("list the IOMMU groups, in the form used in forums"),
    N_ ("Lists all devices by IOMMU group. An IOMMU group is a set of devices that the hardware "
        "cannot keep apart: they can only be given to a virtual machine together.\n\n"
        "Each line has the address, kind and name of a device, its ids in brackets and, below it, "
        "the driver that uses it. Devices without a group come last."),
    ferry_command_groups },
  { "firmware", NULL, FALSE, READING | FERRY_OPTION_HTML,
    N_ ("say which firmware (BIOS or UEFI) settings to change"),
    N_ ("Says which settings of the firmware (BIOS or UEFI) are still missing and where the menus "
        "of this board have them. During the change this computer is not running; with --html "
        "you get a page to print or to read on a phone."),
    ferry_command_firmware },
  { "record", N_ ("FILE"), FALSE, READING,
    N_ ("write what Ferry sees into a file, to ask for help"),
    N_ ("Writes everything that Ferry reads on this computer into one file, by custom with a name "
        "that ends in .machine. Whoever gets it sees the same verdict with "
        "“ferryctl check --machine FILE”.\n\n"
        "Serial numbers, network addresses, UUIDs and the names of the computer, its users and "
        "disks are replaced by stand-ins first. The file is text: have a look before you pass it "
        "on. A file that exists already is never overwritten."),
    ferry_command_record },
  { "plan", NULL, FALSE, READING | FERRY_OPTION_INTENT | FERRY_OPTION_DIFF,
    N_ ("show what would be changed to give a card to a virtual machine"),
    N_ ("Shows step by step what Ferry would change on this computer, and why, to keep the "
        "graphics "
        "card at --card ADDRESS free for a virtual machine. With --diff each changed line is "
        "shown. "
        "Nothing is changed.\n\n"
        "The exit status is 0 when nothing is left to change, 3 when there is something to do and "
        "4 "
        "when Ferry refuses."),
    ferry_command_plan },
  { "apply", NULL, FALSE, FERRY_OPTION_FOLDER | FERRY_OPTION_INTENT | FERRY_OPTION_YES,
    N_ ("change this computer as “ferryctl plan” shows it"),
    N_ ("Shows the plan, asks, and carries it out. Takes the same options as “ferryctl plan”. As an "
        "ordinary user you are asked for the administrator's password. Everything that is changed is "
        "kept, so that “ferryctl undo” can take it back.\n\n"
        "With --yes it does not ask."),
    ferry_command_apply },
  { "verify", NULL, FALSE, READING, N_ ("after a restart: say whether the change worked"),
    N_ ("Looks at this computer after the restart: whether the kernel was started with Ferry's words, whether "
        "the IOMMU is on, whether every part of the chosen card is free for a virtual machine, and whether "
        "your own screen and disks are untouched. Where something is missing it says why and what to do. It "
        "also notices what an update has changed since.\n\n"
        "Nothing is changed. The exit status is 0 when a card is free and nothing is left to do, otherwise 3."),
    ferry_command_verify },
  { "report", N_ ("FILE"), TRUE, FERRY_OPTION_ROOT, N_ ("write a summary to post where you ask for help"),
    N_ ("Writes what a person who helps you asks for first: the system, what “ferryctl verify” finds, the "
        "groups of the graphics cards, and what the kernel says about them. Names, serial numbers and network "
        "addresses are not in it. With FILE the whole computer is written there, too, as by “ferryctl "
        "record”."),
    ferry_command_report },
  { "history", NULL, FALSE, FERRY_OPTION_JSON | FERRY_OPTION_FOLDER,
    N_ ("list what Ferry has changed on this computer"),
    N_ ("Lists each change with its id, time, state and the files."), ferry_command_history },
  { "undo", N_ ("ID"), TRUE, FERRY_OPTION_FOLDER | FERRY_OPTION_YES | FERRY_OPTION_FORCE,
    N_ ("take back a change"),
    N_ ("Takes back the newest change that is in force, or the one with the given id. As administrator "
        "it works on a text console without a desktop, and with --root on a system that was started "
        "from a live medium.\n\n"
        "A file that was edited since is left alone and nothing is undone; with --force the edited file "
        "is kept beside it under a name that ends in .ferry-kept."),
    ferry_command_undo },
  { "vm", N_ ("ACTION [NAME]"), TRUE, FERRY_OPTION_VM, N_ ("make, start, stop and remove virtual machines"),
    N_ ("Virtual machines, by libvirt, as the user that you are. NAME is the name of a virtual machine. ACTION is one of:\n\n"
        "create: makes a virtual machine and gives it the card at --card. It shows what it will make, and asks. With --dry-run it only "
        "prints the XML. What your system needs itself, such as its disk or its only screen, is not given.\n\n"
        "list: lists all virtual machines, with the devices that they take.\n\n"
        "xml: prints the XML of one.\n\n"
        "start: starts it, unless it would take a graphics card away that your system still works with.\n\n"
        "stop: asks the system inside to shut down, and waits; with --force the plug is pulled.\n\n"
        "remove: removes it and the files that Ferry made for it; with --keep-disk the files stay.\n\n"
        "give: gives the card at --card to one that exists; before and after are shown first. Given again with --rom, the card gets the ROM file or another one. take: takes it away again.\n\n"
        "explain: says what an error text means that libvirt, QEMU, the kernel or Windows shows; it stands behind explain in quotes."),
    ferry_command_vm },
  { "help", N_ ("COMMAND"), TRUE, 0, N_ ("show this list, or explain one command"),
    N_ ("Explains a command, or shows the list of commands."), ferry_command_help },
  { "version", NULL, FALSE, 0, N_ ("show the version"), N_ ("Shows the version of ferryctl."),
    ferry_command_version },
};

/**
 * ferry_command_list:
 *
 * Returns: (array length=n_commands): all commands, in the order in which they are shown
 */
const FerryCommand *
ferry_command_list (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}

/**
 * ferry_command_find:
 *
 * Returns: (nullable): the command of that name
 */
const FerryCommand *
ferry_command_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  return NULL;
}
