/* root-private.h: what the files of FerryRoot share; nothing else includes it. */
#pragma once

#include "facts/root.h"

G_BEGIN_DECLS

struct _FerryRoot
{
  gint ref_count;
  int fd;
  gboolean live;
  char *folder;
  char *user_name;
  FerryRootRecorder recorder;
  gpointer recorder_data;
  GDestroyNotify cleanup;
  gpointer cleanup_data;
};

int ferry_root_open (FerryRoot *root, const char *path, int flags);
int ferry_root_check_file (FerryRoot *root, int fd);
gssize ferry_root_read_start (int fd, guint8 *buffer, gsize size);
char *ferry_root_get_target (FerryRoot *root, const char *path);
gboolean ferry_root_hides (FerryRoot *root, guint mode);
void ferry_root_record_failure (FerryRoot *root, const char *path);
void ferry_root_record (FerryRoot *root, const char *path, FerryRootEntry entry, GBytes *content);
void ferry_root_record_link (FerryRoot *root, const char *path, const char *target);

G_END_DECLS
