/* tools-system.c: the distribution's own programs, see tools.h. (Frame; part T fills it in.) */
#include "config.h"

#include "act/tools.h"

FerryTools *
ferry_tools_new_system (FerryRoot *root)
{
  return NULL;
}
