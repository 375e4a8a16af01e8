/* error.h: the one error domain of the backend.
 *
 * Every backend function that can fail sets one of these codes; errors of GIO, libvirt or
 * libxml2 are converted where they enter. The message is a sentence for the person in front of
 * the screen (translated); it never quotes file content.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FerryError:
 * @FERRY_ERROR_NOT_FOUND: the file, folder, device or journal entry does not exist
 * @FERRY_ERROR_DENIED: the operating system does not let us read or write it
 * @FERRY_ERROR_TOO_LARGE: larger than the documented bound
 * @FERRY_ERROR_INVALID: not in the documented format
 * @FERRY_ERROR_UNSUPPORTED: correct, but Ferry cannot prove that acting on it is safe here
 * @FERRY_ERROR_REFUSED: would endanger this computer; the message says what
 * @FERRY_ERROR_CHANGED: the computer is not as it was when the plan was made
 * @FERRY_ERROR_BUSY: another change is running
 * @FERRY_ERROR_CANCELLED: the user cancelled
 * @FERRY_ERROR_FAILED: reading, writing or a started program failed
 */
typedef enum
{
  FERRY_ERROR_NOT_FOUND,
  FERRY_ERROR_DENIED,
  FERRY_ERROR_TOO_LARGE,
  FERRY_ERROR_INVALID,
  FERRY_ERROR_UNSUPPORTED,
  FERRY_ERROR_REFUSED,
  FERRY_ERROR_CHANGED,
  FERRY_ERROR_BUSY,
  FERRY_ERROR_CANCELLED,
  FERRY_ERROR_FAILED
} FerryError;

#define FERRY_ERROR (ferry_error_quark ())
GQuark ferry_error_quark (void);

G_END_DECLS
