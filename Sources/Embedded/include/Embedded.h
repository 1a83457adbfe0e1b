#ifndef EMBEDDED_H
#define EMBEDDED_H

#include <stddef.h>

/// A file of this project that the program carries, so that it needs nothing beside it.
struct EmbeddedFile {
  /// Its path in the project: `scenarios/token-expiry.yaml`.
  const char *_Nonnull name;
  /// What the file held when the program was built.
  const unsigned char *_Nonnull bytes;
  size_t count;
};

/// How many files are embedded: scenarios, recordings, fixtures, the page, each folder's by name.
extern const size_t embedded_file_count;

/// A file by its place, which has to be below `embedded_file_count`.
struct EmbeddedFile embedded_file(size_t index);

/// The commit that a release was built of; empty in other builds.
const char *_Nonnull embedded_commit(void);

#endif
