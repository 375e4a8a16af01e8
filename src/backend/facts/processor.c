/* processor.c: see processor.h. */
#include "config.h"

#include <string.h>

#include "facts/host.h"
#include "facts/model.h"
#include "facts/processor.h"

/* About 1.7 KiB for each logical processor; the largest x86 machines list some thousands. */
#define MAX_CPUINFO (16 * 1024 * 1024)
#define MAX_THREADS 65536
#define MAX_LINE 16384
#define MAX_NAME 128

/* The value of "key   : value" in @line, or NULL when it has another key. */
static const char *
value_of (const char *line, const char *key)
{
  gsize length = strlen (key);

  if (strncmp (line, key, length) != 0)
    return NULL;
  line += length;
  line += strspn (line, " \t");
  if (*line != ':')
    return NULL;
  line++;
  return line + strspn (line, " \t");
}

static guint
read_number (const char *text)
{
  guint64 value = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &value, NULL))
    return 0;
  return (guint)value;
}

/* "39 bits physical, 48 bits virtual" */
static guint
read_bits (const char *text)
{
  guint64 bits = g_ascii_strtoull (text, NULL, 10);

  return strstr (text, " bits physical") != NULL && bits >= 32 && bits <= 64 ? (guint) bits : 0;
}

static gboolean
has_flag (char **flags, const char *flag)
{
  return g_strv_contains ((const char *const *)flags, flag);
}

static void
read_flags (FerryProcessor *self, const char *text)
{
  g_auto (GStrv) flags = g_strsplit_set (text, " \t", -1);

  self->virtualization
      = has_flag (flags, "vmx") || has_flag (flags, "svm") ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  self->hypervisor = has_flag (flags, "hypervisor") ? FERRY_ANSWER_YES : FERRY_ANSWER_NO;
  g_free (self->architecture);
  self->architecture = g_strdup (has_flag (flags, "lm") ? "x86_64" : "i686");
}

static FerryVendor
vendor_from (const char *text)
{
  if (g_str_equal (text, "GenuineIntel"))
    return FERRY_VENDOR_INTEL;
  if (g_str_equal (text, "AuthenticAMD") || g_str_equal (text, "HygonGenuine"))
    return FERRY_VENDOR_AMD;
  return FERRY_VENDOR_OTHER;
}

static void
set_text (char **field, const char *text)
{
  if (**field != '\0')
    return;
  g_free (*field);
  *field = ferry_host_clean_text (text, MAX_NAME);
}

/* A line of the x86 form (arch/x86/kernel/cpu/proc.c). */
static void
read_x86_line (FerryProcessor *self, const char *line)
{
  const char *value;

  if ((value = value_of (line, "vendor_id")) != NULL)
    self->vendor = vendor_from (value);
  else if ((value = value_of (line, "cpu family")) != NULL)
    self->family = read_number (value);
  else if ((value = value_of (line, "model")) != NULL)
    self->model = read_number (value);
  else if ((value = value_of (line, "address sizes")) != NULL)
    self->address_bits = read_bits (value);
  else if ((value = value_of (line, "model name")) != NULL)
    set_text (&self->model_name, value);
  else if ((value = value_of (line, "flags")) != NULL)
    read_flags (self, value);
}

/* A line that only other architectures have. */
static void
read_other_line (FerryProcessor *self, const char *line)
{
  const char *value;

  if (value_of (line, "CPU implementer") != NULL)
    set_text (&self->architecture, "aarch64");
  else if ((value = value_of (line, "CPU architecture")) != NULL && read_number (value) == 7)
    {
      g_free (self->architecture);
      self->architecture = g_strdup ("arm");
    }
  else if ((value = value_of (line, "cpu")) != NULL && g_str_has_prefix (value, "POWER"))
    {
      set_text (&self->architecture, "ppc64");
      set_text (&self->model_name, value);
    }
  else if ((value = value_of (line, "isa")) != NULL && g_str_has_prefix (value, "rv64"))
    set_text (&self->architecture, "riscv64");
  else if ((value = value_of (line, "vendor_id")) != NULL && g_str_equal (value, "IBM/S390"))
    set_text (&self->architecture, "s390x");
}

/* Reads the lines of the first processor and counts them all. */
static void
read_cpuinfo (FerryProcessor *self, const char *text, gsize size)
{
  const char *end = text + size;

  while (text < end)
    {
      const char *next = memchr (text, '\n', (gsize)(end - text));
      gsize length = (gsize)((next != NULL ? next : end) - text);
      g_autofree char *line = NULL;

      if (g_str_has_prefix (text, "processor") && self->threads < MAX_THREADS)
        {
          line = g_strndup (text, MIN (length, 64));
          self->threads += value_of (line, "processor") != NULL ? 1 : 0;
        }
      else if (self->threads <= 1)
        {
          line = g_strchomp (g_strndup (text, MIN (length, MAX_LINE)));
          read_x86_line (self, line);
          read_other_line (self, line);
        }
      text += length + 1;
    }
}

static void
read_kvm_device (FerryProcessor *self, FerryRoot *root)
{
  if (ferry_root_exists (root, "dev/kvm"))
    self->kvm_device = FERRY_ANSWER_YES;
  else if (ferry_root_exists (root, "dev") && !ferry_host_is_flatpak (root))
    self->kvm_device = FERRY_ANSWER_NO;
}

/**
 * ferry_processor_read:
 *
 * Returns: (transfer full): what proc/cpuinfo and dev/kvm say
 */
FerryProcessor *
ferry_processor_read (FerryRoot *root)
{
  FerryProcessor *self = g_new0 (FerryProcessor, 1);
  g_autoptr (GBytes) bytes = ferry_root_read_bytes (root, "proc/cpuinfo", MAX_CPUINFO, NULL);

  self->architecture = g_strdup ("");
  self->model_name = g_strdup ("");
  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      /* A copy with a NUL at its end. */
      g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

      read_cpuinfo (self, text, strlen (text));
    }
  self->vt_d = ferry_model_vt_d (self->model_name);
  self->integrated_gpu = ferry_model_integrated_gpu (self->model_name);
  read_kvm_device (self, root);
  return self;
}

void
ferry_processor_free (FerryProcessor *processor)
{
  g_free (processor->architecture);
  g_free (processor->model_name);
  g_free (processor);
}
