/* rescue.c: see rescue.h. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "plan/rescue.h"

static void
step_free (gpointer data)
{
  FerryRescueStep *step = data;

  g_free (step->title);
  g_free (step->text);
  g_strfreev (step->commands);
  g_free (step);
}

static void
add (GPtrArray *steps, const char *title, const char *text, const char *const *commands)
{
  FerryRescueStep *step = g_new0 (FerryRescueStep, 1);

  step->title = g_strdup (title);
  step->text = g_strdup (text);
  step->commands = commands != NULL ? g_strdupv ((char **)commands) : g_new0 (char *, 1);
  g_ptr_array_add (steps, step);
}

static void
add_cable (GPtrArray *steps)
{
  add (steps, _ ("Look at the cable"),
       _ ("The monitor has to be plugged into the graphics card that stays with this computer. The "
          "sockets on the mainboard, beside those for USB, belong to the graphics of the "
          "processor."),
       NULL);
}

/* How words are added for one start, as the manual of each boot loader says it. */
static const char *
say_keys (FerryLoaderKind kind)
{
  switch (kind)
    {
    case FERRY_LOADER_GRUB:
      return _ ("Switch the computer off and on. When the boot menu appears, press the key E. Find "
                "the line that begins with “linux”, go to its end with the key End, type a blank "
                "and then the words below. Press Ctrl+X or F10 to start.");
    case FERRY_LOADER_SYSTEMD_BOOT:
    case FERRY_LOADER_UKI:
      return _ (
          "Switch the computer off and on. When the boot menu appears, press the key E; if it "
          "does not appear, hold the space bar from the beginning. Go to the end of the line, "
          "type a blank and then the words below. Press Enter to start. Where the line cannot "
          "be edited, go on with the next step.");
    case FERRY_LOADER_REFIND:
      return _ ("Switch the computer off and on. When the boot menu appears, press F2 or Insert "
                "twice. Go to the end of the line, type a blank and then the words below. Press "
                "Enter to start.");
    case FERRY_LOADER_LIMINE:
      return _ (
          "Switch the computer off and on. When the boot menu appears, press the key E. Go to "
          "the end of the line that begins with “cmdline”, type a blank and then the words "
          "below. Press F10 to start.");
    case FERRY_LOADER_EFISTUB:
    case FERRY_LOADER_UNKNOWN:
    default:
      return _ (
          "Switch the computer off and on. In the boot menu, open the entry for editing, often "
          "with the key E. Go to the end of the line with the kernel's words, type a blank and "
          "then the words below, and start.");
    }
}

static void
add_one_start (GPtrArray *steps, FerryLoaderKind kind)
{
  static const char *const word[] = { FERRY_RESCUE_WORD, NULL };
  static const char *const undo[] = { "ferryctl undo", NULL };

  add (steps, _ ("Start once as before"), say_keys (kind), word);
  add (steps, _ ("Then take the change back"),
       _ ("The words above hold for one start only. Open Ferry, choose “Changes…” in the menu and "
          "press “Undo”. Or open a terminal and type this. Then restart."),
       undo);
}

static void
add_console (GPtrArray *steps)
{
  static const char *const commands[] = { "sudo ferryctl undo", "sudo systemctl reboot", NULL };

  add (steps, _ ("If the computer runs and only the picture is missing"),
       _ ("Press Ctrl+Alt+F3. If a text screen appears, type your name and your password, and then "
          "these lines, each followed by Enter. The same works from another computer with ssh."),
       commands);
}

static void
add_stick (GPtrArray *steps, const FerrySystem *system)
{
  static const char *const commands[]
      = { "lsblk -f", "sudo mount /dev/YOUR-DISK /mnt", "sudo ferryctl undo --root /mnt", NULL };
  static const char *const manjaro[] = { "sudo manjaro-chroot -a", "ferryctl undo", NULL };

  if (system->manjaro)
    add (steps, _ ("If nothing of this works: with a Manjaro USB stick"),
         _ ("Start the computer from the stick that you installed from. Open a terminal there and "
            "type these lines. The first one goes into your installed system; choose it when you "
            "are asked. Then restart without the stick."),
         manjaro);
  add (steps,
       system->manjaro ? _ ("With any other Linux USB stick")
                       : _ ("If nothing of this works: with a Linux USB stick"),
       _ ("Start the computer from the stick. Open a terminal and type these lines. The first one "
          "shows the disks: put the name of the one with your system in place of YOUR-DISK. With "
          "BTRFS write “mount -o subvol=@”. If there is no Ferry on the stick, write "
          "/mnt/usr/bin/ferryctl instead of ferryctl."),
       commands);
}

/**
 * ferry_rescue_make:
 *
 * Returns: (transfer full) (element-type FerryRescueStep): the steps, in the order to try them
 */
GPtrArray *
ferry_rescue_make (FerryMachine *machine)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (step_free);

  add_cable (steps);
  add_one_start (steps, machine->loader->kind);
  add_console (steps);
  add_stick (steps, machine->system);
  add (steps, _ ("If there has been no picture since you changed a firmware setting"),
       _ ("The manual of the mainboard says how the firmware's settings are reset; it is called "
          "“Clear CMOS”. Your files are not touched by it."),
       NULL);
  return steps;
}

static const char *
get_title (void)
{
  return _ ("If the screen stays black");
}

static const char *
get_promise (void)
{
  return _ (
      "Nothing is lost: your files are not touched, and every change can be taken back without "
      "a picture. Try these in turn.");
}

/**
 * ferry_rescue_to_text:
 *
 * Returns: (transfer full): plain text, one paragraph a line
 */
char *
ferry_rescue_to_text (GPtrArray *steps)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n\n%s\n\n", get_title (), get_promise ());
  for (guint i = 0; i < steps->len; i++)
    {
      const FerryRescueStep *step = g_ptr_array_index (steps, i);

      g_string_append_printf (text, "%u. %s\n%s\n", i + 1, step->title, step->text);
      for (guint j = 0; step->commands[j] != NULL; j++)
        g_string_append_printf (text, "      %s\n", step->commands[j]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char style[]
    = "body{font:1.1rem/1.5 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem;"
      "color:#1a1a1a;background:#fff}"
      "h1{font-size:1.5rem}li{margin:1rem 0;break-inside:avoid}p{margin:.3rem 0}"
      "pre{font-size:1.05rem;background:#eee;color:#000;padding:.5rem;overflow-wrap:anywhere;"
      "white-space:pre-wrap;border-radius:.3rem}"
      "@media(prefers-color-scheme:dark){body{color:#eee;background:#1e1e1e}}"
      "@media print{body{font-size:11pt;margin:0;max-width:none;color:#000;background:#fff}}";

static void
append_step (GString *page, const FerryRescueStep *step)
{
  g_autofree char *joined = g_strjoinv ("\n", step->commands);
  g_autofree char *part
      = g_markup_printf_escaped ("<li><b>%s</b>\n<p>%s</p>\n", step->title, step->text);

  g_string_append (page, part);
  if (*joined != '\0')
    {
      g_autofree char *commands = g_markup_printf_escaped ("<pre>%s</pre>\n", joined);
      g_string_append (page, commands);
    }
  g_string_append (page, "</li>\n");
}

/**
 * ferry_rescue_to_html:
 *
 * Returns: (transfer full): one HTML page that needs no other file, everything in it escaped
 */
char *
ferry_rescue_to_html (GPtrArray *steps)
{
  g_autoptr (GString) page = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *head = g_markup_printf_escaped (
      "<title>%s</title>\n<style>%s</style>\n</head>\n<body>\n<h1>%s</h1>\n<p>%s</p>\n<ol>\n",
      get_title (), style, get_title (), get_promise ());

  /* Translators: the code of the language that you translate to, such as de or pt-BR. */
  g_string_append_printf (page,
                          "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, "
                          "initial-scale=1\">\n",
                          C_ ("language code", "en"));
  g_string_append (page, head);
  for (guint i = 0; i < steps->len; i++)
    append_step (page, g_ptr_array_index (steps, i));
  g_string_append (page, "</ol>\n</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&page), FALSE);
}
