/* patient.h: a computer on which a change arrived, and everything that can go wrong with it afterwards.
 *
 * Not a part of Ferry. In memory, as sample.h. ferry_patient_spoil() takes away one thing by the name of the
 * ailment, as an update, a person or the hardware would.
 */
#pragma once

#include "plan/evidence.h"

G_BEGIN_DECLS

typedef struct
{
  FerryMachine *machine;
  FerryEvidence *evidence;
} FerryPatient;

FerryPatient ferry_patient_new (void);
void ferry_patient_clear (FerryPatient *patient);
void ferry_patient_spoil (FerryPatient *patient, const char *ailment);
void ferry_patient_set_log (FerryPatient *patient, const char *log);

G_END_DECLS
