/* answer.c: see answer.h. */
#include "config.h"

#include "facts/answer.h"

const char *
ferry_answer_to_string (FerryAnswer answer)
{
  switch (answer)
    {
    case FERRY_ANSWER_NO:
      return "no";
    case FERRY_ANSWER_YES:
      return "yes";
    case FERRY_ANSWER_UNKNOWN:
    default:
      return "unknown";
    }
}
