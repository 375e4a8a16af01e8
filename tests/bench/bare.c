/* bare.c: reads a list of files as fast as a plain program can, and does nothing with them.
 *
 * The measure for "ferryctl groups": standard input holds one line a step, "f PATH" for a file, "l
 * PATH" for a link, "d PATH" for a folder. Paths are relative to the folder given as argument; absolute
 * ones are taken as they are. Prints how much was read. Each file is opened, read and closed.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char buffer[65536];

static size_t
read_file (int root, const char *path)
{
  size_t total = 0;
  ssize_t n;
  int fd = openat (root, path, O_RDONLY | O_CLOEXEC);

  if (fd < 0)
    return 0;
  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    total += (size_t)n;
  close (fd);
  return total;
}

static size_t
read_folder (int root, const char *path)
{
  size_t count = 0;
  int fd = openat (root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd < 0 ? NULL : fdopendir (fd);

  if (folder == NULL)
    return 0;
  while (readdir (folder) != NULL)
    count++;
  closedir (folder);
  return count;
}

static size_t
take_step (int root, char kind, const char *path)
{
  ssize_t length;

  if (kind == 'f')
    return read_file (root, path);
  if (kind == 'd')
    return read_folder (root, path);
  length = readlinkat (root, path, buffer, sizeof buffer);
  return length > 0 ? (size_t)length : 0;
}

int
main (int argc, char **argv)
{
  char *line = NULL;
  size_t size = 0, total = 0, steps = 0;
  int root = argc == 2 ? open (argv[1], O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

  if (root < 0)
    return 2;
  while (getline (&line, &size, stdin) > 2)
    {
      line[strcspn (line, "\n")] = '\0';
      total += take_step (root, line[0], line + 2);
      steps++;
    }
  free (line);
  printf ("%zu steps, %zu bytes and names\n", steps, total);
  return 0;
}
