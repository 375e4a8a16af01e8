/* extract-table.c: the parts of FerryExtract for tables with one line for each thing.
 *
 * Formats: group(5), passwd(5), fstab(5), proc(5) (mountinfo, net/route, net/ipv6_route,
 * interrupts, bus/input/devices), Documentation/kbuild (configuration), modules.alias of kmod,
 * dmesg(1).
 */
#include "config.h"

#include <string.h>

#include "facts/extract-parts.h"
#include "facts/modules.h"

/* What happens to a line: %NULL drops it. */
typedef char *(*KeepLine) (const FerryExtract *extract, char **fields, const char *line);

static char *
keep_lines (const FerryExtract *extract, const char *text, const char *blanks, KeepLine keep)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) kept = g_string_new (NULL);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) fields = g_strsplit_set (lines[i], blanks, -1);
      g_autofree char *line = *lines[i] != '\0' ? keep (extract, fields, lines[i]) : NULL;

      if (line != NULL)
        g_string_append_printf (kept, "%s\n", line);
    }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static gboolean
has_word (const char *list, const char *word)
{
  g_auto (GStrv) words = g_strsplit (list, ",", -1);

  return g_strv_contains ((const char *const *) words, word);
}

/* Groups that open virtual machines or their devices, with nobody but the user who asks. */
static char *
keep_group (const FerryExtract *extract, char **fields, const char *line)
{
  static const char *const groups[]
      = { "adm",      "input",  "kvm",  "libvirt",         "libvirt-qemu",
          "libvirtd", "render", "sudo", "systemd-journal", "video",
          "wheel",    NULL };

  if (g_strv_length (fields) != 4 || !g_strv_contains (groups, fields[0]))
    return NULL;
  return g_strdup_printf ("%s:x:%s:%s", fields[0], fields[2],
                          has_word (fields[3], extract->user) ? "user" : "");
}

char *
ferry_extract_group (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, ":", keep_group);
}

static char *
keep_account (const FerryExtract *extract, char **fields, const char *line)
{
  if (g_strv_length (fields) != 7 || !g_str_equal (fields[0], extract->user))
    return NULL;
  /* The administrator stays one: what may be done without a password depends on it. */
  return g_strdup_printf ("user:x:%s:%s::/:", g_str_equal (fields[2], "0") ? "0" : "1000",
                          fields[3]);
}

char *
ferry_extract_passwd (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, ":", keep_account);
}

/* File systems that are no disk of this computer. */
static gboolean
is_elsewhere (const char *type)
{
  static const char *const types[]
      = { "9p",  "afs",  "autofs", "ceph", "cifs",  "fuse",  "glusterfs",
          "nfs", "nfs4", "nsfs",   "smb3", "smbfs", "davfs", NULL };

  return g_strv_contains (types, type) || g_str_has_prefix (type, "fuse.");
}

/* Six fields (fstab(5)) without the options, which can hold passwords. */
static char *
keep_fstab (const FerryExtract *extract, char **fields, const char *line)
{
  const char *found[3];
  guint n = 0;
  g_autofree char *kept = NULL;

  for (gsize i = 0; fields[i] != NULL && n < 3; i++)
    if (*fields[i] != '\0')
      found[n++] = fields[i];
  if (n < 3 || *found[0] == '#' || is_elsewhere (found[2]))
    return NULL;
  kept = g_strdup_printf ("%s %s %s defaults 0 0", found[0], found[1], found[2]);
  return ferry_scrub_names (extract->scrub, kept);
}

char *
ferry_extract_fstab (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, " \t", keep_fstab);
}

/* Mounts that containers and sessions make and unmake. */
static gboolean
is_passing (const char *point)
{
  static const char *const folders[]
      = { "/run/user/", "/run/docker/", "/run/containers/", "/run/snapd/", "/var/snap/", "/snap/" };

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (g_str_has_prefix (point, folders[i]))
      return TRUE;
  return FALSE;
}

/* Up to the source; the options of the file system behind it can name folders and people. */
static char *
keep_mount (const FerryExtract *extract, char **fields, const char *line)
{
  guint n = g_strv_length (fields);
  guint dash = 6;
  g_autofree char *front = NULL;
  g_autofree char *kept = NULL;

  while (dash < n && !g_str_equal (fields[dash], "-"))
    dash++;
  if (dash + 2 >= n || is_passing (fields[4]))
    return NULL;
  if (!g_str_equal (fields[4], "/")
      && (is_elsewhere (fields[dash + 1])
          || (g_str_equal (fields[dash + 1], "overlay") && !g_str_has_prefix (fields[4], "/run/"))))
    return NULL;
  front = g_strdup_printf ("%s %s %s %s %s %s - %s %s rw", fields[0], fields[1], fields[2],
                           fields[3], fields[4], fields[5], fields[dash + 1], fields[dash + 2]);
  return ferry_scrub_names (extract->scrub, front);
}

char *
ferry_extract_mounts (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, " ", keep_mount);
}

static gboolean
is_zero (const char *hex)
{
  return *hex != '\0' && strspn (hex, "0") == strlen (hex);
}

/* The head and the default routes, without the address of the router. */
static char *
keep_route (const FerryExtract *extract, char **fields, const char *line)
{
  g_autofree char *kept = NULL;

  if (g_strv_length (fields) < 8 || (!is_zero (fields[1]) && !g_str_equal (fields[0], "Iface")))
    return NULL;
  if (is_zero (fields[1]))
    {
      g_free (fields[2]);
      fields[2] = g_strdup ("00000000");
    }
  kept = g_strjoinv ("\t", fields);
  return ferry_scrub_numbers (extract->scrub, kept);
}

char *
ferry_extract_route (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, "\t", keep_route);
}

static char *
keep_route_6 (const FerryExtract *extract, char **fields, const char *line)
{
  g_autofree char *kept = NULL;
  const char *found[10];
  guint n = 0;

  for (gsize i = 0; fields[i] != NULL && n < 10; i++)
    if (*fields[i] != '\0')
      found[n++] = fields[i];
  if (n < 10 || !is_zero (found[0]) || !is_zero (found[1]))
    return NULL;
  kept = g_strdup_printf ("%032d 00 %032d 00 %032d %s %s %s %s %s", 0, 0, 0, found[5], found[6],
                          found[7], found[8], found[9]);
  return g_strdup (kept);
}

char *
ferry_extract_route_6 (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, " \t", keep_route_6);
}

/* One paragraph for each device. What is paired by radio is often called after its owner. */
static char *
keep_input (const FerryExtract *extract, const char *paragraph)
{
  g_auto (GStrv) lines = g_strsplit (paragraph, "\n", 64);
  gboolean radio = strstr (paragraph, "Bus=0005 ") != NULL;
  g_autofree char *kept = NULL;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = g_steal_pointer (&lines[i]);

      if (g_str_has_prefix (line, "U: Uniq="))
        lines[i] = g_strdup ("U: Uniq=");
      else if (radio && g_str_has_prefix (line, "N: Name="))
        lines[i] = g_strdup ("N: Name=\"Bluetooth\"");
      else
        lines[i] = g_steal_pointer (&line);
    }
  kept = g_strjoinv ("\n", lines);
  return ferry_scrub_numbers (extract->scrub, kept);
}

char *
ferry_extract_input (const FerryExtract *extract, const char *text)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (gsize i = 0; paragraphs[i] != NULL; i++)
    {
      g_autofree char *paragraph = g_steal_pointer (&paragraphs[i]);
      paragraphs[i] = keep_input (extract, paragraph);
    }
  return g_strjoinv ("\n\n", paragraphs);
}

/* Which chips there are; the counters of each processor say nothing here. */
char *
ferry_extract_interrupts (const FerryExtract *extract, const char *text)
{
  static const char *const chips[] = { " IR-IO-APIC", " IR-PCI-MSI", " IO-APIC", " PCI-MSI" };
  g_autoptr (GString) kept = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (chips); i++)
    if (strstr (text, chips[i]) != NULL)
      g_string_append_printf (kept, "  0:  0 %s\n", chips[i]);
  if (kept->len == 0 && strstr (text, " IR-") != NULL)
    g_string_append (kept, "  0:  0  IR-\n");
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

/* Switches and numbers; texts can name the one who built the kernel. */
static char *
keep_config (const FerryExtract *extract, char **fields, const char *line)
{
  if (g_str_has_prefix (line, "# CONFIG_") && g_str_has_suffix (line, " is not set"))
    return g_strdup (line);
  if (!g_str_has_prefix (line, "CONFIG_") || fields[1] == NULL || *fields[1] == '"')
    return NULL;
  return g_strdup (line);
}

char *
ferry_extract_kernel_config (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, "=", keep_config);
}

/* Lines about the IOMMU, virtual machines, firmware and graphics; a log also holds names of
 * networks, disks and whatever programs write into it. */
static char *
keep_log (const FerryExtract *extract, char **fields, const char *line)
{
  static const char *const parts[] = { "ACPI: ",
                                       "ACS ",
                                       "AMD-Vi",
                                       "BAR ",
                                       "BIOS-e820: ",
                                       "BOOTFB",
                                       "DMAR",
                                       "IOMMU",
                                       "IVRS",
                                       "Linux version ",
                                       "SVM",
                                       "Secure boot",
                                       "VMX",
                                       "aperture",
                                       "disabled by BIOS",
                                       "disabled (by BIOS)",
                                       "efifb",
                                       "erratum",
                                       "fb0",
                                       "iommu",
                                       "irq remapping",
                                       "kvm",
                                       "locked down",
                                       "lockdown",
                                       "nouveau",
                                       "nvidia",
                                       "pcieport",
                                       "remapping",
                                       "secureboot",
                                       "simple-framebuffer",
                                       "simpledrm",
                                       "vfio",
                                       "vgaarb" };
  static const char *const never[] = { "ommand line", "erial", "udit", "systemd" };

  for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
    if (strstr (line, never[i]) != NULL)
      return NULL;
  if (strstr (line, "Linux version ") != NULL)
    return g_strndup (line, (gsize) (strchrnul (line, '(') - line));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (line, parts[i]) != NULL)
      return ferry_scrub_names (extract->scrub, line);
  return NULL;
}

char *
ferry_extract_log (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, "\n", keep_log);
}

/* "alias pci:v000010DEd*sv*sd*bc03sc*i* nouveau": those for what is here. */
static char *
keep_alias (const FerryExtract *extract, char **fields, const char *line)
{
  return ferry_modules_line_fits (line, extract->devices) ? g_strdup (line) : NULL;
}

char *
ferry_extract_aliases (const FerryExtract *extract, const char *text)
{
  return keep_lines (extract, text, "\n", keep_alias);
}
