/* address.c: see address.h. */
#include "config.h"

#include "facts/address.h"

/* Reads between @min and @max hexadecimal digits at *@text and moves it behind them. */
static gboolean
read_hex (const char **text, int min, int max, guint32 *value)
{
  int digits = 0;

  *value = 0;
  while (digits < max && g_ascii_isxdigit (**text))
    {
      *value = *value << 4 | (guint32) g_ascii_xdigit_value (**text);
      (*text)++;
      digits++;
    }
  return digits >= min;
}

static gboolean
read_char (const char **text, char expected)
{
  if (**text != expected)
    return FALSE;
  (*text)++;
  return TRUE;
}

/**
 * ferry_address_parse:
 * @text: (nullable): for example "0000:01:00.0"; the domain cannot be left out
 * @address: (out): set only on success
 *
 * Strict: exactly the form that sysfs uses, nothing before or behind it.
 *
 * Returns: whether @text is an address
 */
gboolean
ferry_address_parse (const char *text, FerryAddress *address)
{
  guint32 domain, bus, slot, function;

  if (text == NULL || !read_hex (&text, 4, 8, &domain) || !read_char (&text, ':')
      || !read_hex (&text, 2, 2, &bus) || !read_char (&text, ':') || !read_hex (&text, 2, 2, &slot)
      || !read_char (&text, '.') || !read_hex (&text, 1, 1, &function) || *text != '\0')
    return FALSE;
  if (slot > 31 || function > 7)
    return FALSE;

  *address = (FerryAddress){ domain, (guint8) bus, (guint8) slot, (guint8) function };
  return TRUE;
}

/**
 * ferry_address_to_string:
 *
 * Returns: (transfer full): the form of sysfs, "0000:01:00.0"
 */
char *
ferry_address_to_string (const FerryAddress *address)
{
  return g_strdup_printf ("%04x:%02x:%02x.%u", address->domain, address->bus, address->slot,
                          address->function);
}

/**
 * ferry_address_to_short_string:
 *
 * Returns: (transfer full): the form people post, "01:00.0"; with the domain where it is not zero
 */
char *
ferry_address_to_short_string (const FerryAddress *address)
{
  if (address->domain != 0)
    return ferry_address_to_string (address);
  return g_strdup_printf ("%02x:%02x.%u", address->bus, address->slot, address->function);
}

int
ferry_address_compare (const FerryAddress *a, const FerryAddress *b)
{
  if (a->domain != b->domain)
    return a->domain < b->domain ? -1 : 1;
  if (a->bus != b->bus)
    return a->bus < b->bus ? -1 : 1;
  if (a->slot != b->slot)
    return a->slot < b->slot ? -1 : 1;
  return (int) a->function - (int) b->function;
}

gboolean
ferry_address_same_slot (const FerryAddress *a, const FerryAddress *b)
{
  return a->domain == b->domain && a->bus == b->bus && a->slot == b->slot;
}
