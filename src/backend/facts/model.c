/* model.c: see model.h. */
#include "config.h"

#include <string.h>

#include "facts/model.h"

/* Names longer than this are not names of processors (the CPUID brand string has 48 bytes). */
#define MAX_NAME 128

/* Desktop processors without VT-d: unlocked models of the second to fourth Core generation and the
 * i3 of that time. */
static const char *const without_vt_d[]
    = { "i7-2600K", "i7-2700K", "i7-3770K", "i7-4770K", "i5-2500K", "i5-3570K", "i5-4670K",
        "i3-2100",  "i3-2105",  "i3-2120",  "i3-2125",  "i3-2130",  "i3-3210",  "i3-3220",
        "i3-3225",  "i3-3240",  "i3-3245",  "i3-3250",  "i3-4130",  "i3-4150",  "i3-4160",
        "i3-4170",  "i3-4330",  "i3-4340",  "i3-4350",  "i3-4360",  "i3-4370",  NULL };

#define PENTIUM_WITHOUT_VT_D                                                                       \
  "\\bPentium\\(R\\) CPU G(620|630|640|645|840|850|860|870|2010|2020|2030|2120|2130|2140|3220|"    \
  "3240|3250|3258|3260|3420|3430|3440|3450|3460|3470) "
#define CELERON_WITHOUT_VT_D                                                                       \
  "\\bCeleron\\(R\\) CPU G(440|460|465|470|530|540|550|555|1610|1620|1630|1820|1830|1840|1850) "

/* Core processors of the large sockets (X79, X99) whose number does not end in X, and client models
 * that were sold with the GPU switched off. */
static const char *const intel_without_gpu[]
    = { "i7-3820",  "i7-3930K", "i7-4820K", "i7-4930K", "i7-5820K",
        "i7-5930K", "i7-6800K", "i7-6850K", "i7-6900K", "i5-2380P",
        "i5-2450P", "i5-2550K", "i5-3350P", "i5-7640X", NULL };

/* Suffixes of client processors with a GPU. */
static const char *const intel_gpu_suffixes[]
    = { "",  "K",  "S",  "T",  "KS", "C",  "R", "M", "MQ", "QM", "XM", "MX",
        "H", "HK", "HQ", "HX", "U",  "UM", "P", "Y", "G1", "G4", "G7", NULL };

/* The groups of @pattern in @name, or NULL. */
static char **
match (const char *pattern, const char *name)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) info = NULL;

  if (!g_regex_match (regex, name, 0, &info))
    return NULL;
  return g_match_info_fetch_all (info);
}

static gboolean
matches (const char *pattern, const char *name)
{
  return g_regex_match_simple (pattern, name, 0, 0);
}

static gboolean
is_name (const char *name)
{
  return name != NULL && strnlen (name, MAX_NAME + 1) <= MAX_NAME
         && g_utf8_validate (name, -1, NULL);
}

/* "i7-4770K" of "Intel(R) Core(TM) i7-4770K CPU @ 3.50GHz", split after the digits; or NULL. */
static char **
match_core (const char *name)
{
  return match ("\\bCore(?:\\(TM\\))? (i[3579]-([0-9]{4,5})([A-Z]{0,3}[0-9]?))(?![A-Za-z0-9])",
                name);
}

/**
 * ferry_model_vt_d:
 * @name: (nullable): the name as in proc/cpuinfo
 *
 * Returns: %FERRY_ANSWER_NO for processors that are known to lack an IOMMU (VT-d), whatever the
 *   firmware setup offers; %FERRY_ANSWER_UNKNOWN for all others
 */
FerryAnswer
ferry_model_vt_d (const char *name)
{
  g_auto (GStrv) core = NULL;

  if (!is_name (name))
    return FERRY_ANSWER_UNKNOWN;
  core = match_core (name);
  if (core != NULL)
    return g_strv_contains (without_vt_d, core[1]) ? FERRY_ANSWER_NO : FERRY_ANSWER_UNKNOWN;
  /* Sandy Bridge, Ivy Bridge and Haswell; "Pentium(R) Gold" and others are later. */
  if (matches (PENTIUM_WITHOUT_VT_D, name) || matches (CELERON_WITHOUT_VT_D, name))
    return FERRY_ANSWER_NO;
  return FERRY_ANSWER_UNKNOWN;
}

/* Generations 2 to 14: "2600", "9900", "14700", but also "1065" (10th) and "1260" (12th). */
static guint
core_generation (const char *number)
{
  guint value = (guint)g_ascii_strtoull (number, NULL, 10);

  if (strlen (number) == 5)
    return value / 1000;
  return value >= 2000 ? value / 1000 : value / 100;
}

static FerryAnswer
core_gpu (const char *model, const char *number, const char *suffix)
{
  guint generation = core_generation (number);
  gsize length = strlen (suffix);

  if (generation < 2 || generation > 14)
    return FERRY_ANSWER_UNKNOWN;
  if (g_strv_contains (intel_without_gpu, model) || g_str_equal (suffix, "X")
      || g_str_equal (suffix, "XE") || (length > 0 && suffix[length - 1] == 'F'))
    return FERRY_ANSWER_NO;
  /* Sandy and Ivy Bridge: "P" is a desktop part without a GPU; i3-8121U was sold without one. */
  if ((generation < 4 && g_str_equal (suffix, "P")) || g_str_equal (model, "i3-8121U"))
    return FERRY_ANSWER_UNKNOWN;
  return g_strv_contains (intel_gpu_suffixes, suffix) ? FERRY_ANSWER_YES : FERRY_ANSWER_UNKNOWN;
}

static FerryAnswer
intel_gpu (const char *name)
{
  g_auto (GStrv) core = match_core (name);
  g_auto (GStrv) other = NULL;

  if (core != NULL)
    return core_gpu (core[1], core[2], core[3]);
  other = match ("\\bCore\\(TM\\) Ultra [579] [0-9]{3}([A-Z]{0,2})(?![A-Za-z0-9])", name);
  if (other == NULL)
    other = match ("\\b(?:Pentium|Celeron)\\(R\\)(?: Gold| CPU)? G[0-9]{3,4}([TF]?)(?![A-Za-z0-9])",
                   name);
  if (other == NULL)
    return FERRY_ANSWER_UNKNOWN;
  return g_str_has_suffix (other[1], "F") ? FERRY_ANSWER_NO : FERRY_ANSWER_YES;
}

static FerryAnswer
amd_gpu (const char *name)
{
  g_auto (GStrv) ryzen = NULL;

  if (strstr (name, "Radeon") != NULL)
    return FERRY_ANSWER_YES;
  if (strstr (name, "Threadripper") != NULL || matches ("^AMD FX\\(tm\\)-", name))
    return FERRY_ANSWER_NO;
  ryzen = match (
      "\\bRyzen [3579] (?:PRO )?([0-9])[0-9]{3}([A-Z0-9]{0,3}) [0-9A-Za-z]+-Core Processor", name);
  if (ryzen == NULL)
    return FERRY_ANSWER_UNKNOWN;
  if (g_str_equal (ryzen[2], "F"))
    return FERRY_ANSWER_NO;
  if (g_str_equal (ryzen[2], "G") || g_str_equal (ryzen[2], "GE"))
    return FERRY_ANSWER_YES;
  /* Socket AM5 has a small GPU in every processor but the F models. */
  if (strchr ("79", *ryzen[1]) != NULL && matches ("^(X|X3D)?$", ryzen[2]))
    return FERRY_ANSWER_YES;
  if (strchr ("1235", *ryzen[1]) != NULL && matches ("^(X|XT|X3D|E)?$", ryzen[2]))
    return FERRY_ANSWER_NO;
  return FERRY_ANSWER_UNKNOWN;
}

/**
 * ferry_model_integrated_gpu:
 * @name: (nullable): the name as in proc/cpuinfo
 *
 * Returns: whether the processor has a graphics unit of its own, even where the firmware has it
 *   switched off; %FERRY_ANSWER_UNKNOWN for names that do not say
 */
FerryAnswer
ferry_model_integrated_gpu (const char *name)
{
  if (!is_name (name))
    return FERRY_ANSWER_UNKNOWN;
  if (strstr (name, "Intel") != NULL)
    return intel_gpu (name);
  return g_str_has_prefix (name, "AMD ") ? amd_gpu (name) : FERRY_ANSWER_UNKNOWN;
}
