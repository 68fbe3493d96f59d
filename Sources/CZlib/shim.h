#include <zlib.h>

// `deflateInit2` is a macro, which Swift does not see. Raw deflate: the gzip header is written by the caller.
static inline int tandem_deflate_begin(z_stream *stream) {
  return deflateInit2(stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
