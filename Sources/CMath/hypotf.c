#include "CMath.h"

#include <math.h>

float hypotf(float x, float y) {
  if (isinf(x) || isinf(y)) return INFINITY;
  // A double holds the squares of any two floats.
  return (float)sqrt((double)x * x + (double)y * y);
}
