/*
 * JNI side of io.scopegate.bundle.decode.TurboJpegLibrary: JPEG to packed RGB by libjpeg-turbo, full scale only.
 *
 * Each error and each warning of libjpeg ends the picture: an endoscope frame of which a part is guessed must not be
 * classified. One handle is used by one thread at a time; nothing is shared between handles but the count of them.
 */
#include <jni.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "jpeglib.h"
#include "jpegint.h"
#include "jerror.h"
#include "jconfigint.h"

#define TEXT(token) TEXT_OF(token)
#define TEXT_OF(token) #token

/* Same numbers in TurboJpegLibrary. */
enum { DECODED = 0, CORRUPT = 1, UNSUPPORTED = 2, BAD_SIZE = 3 };

/* A small progressive file can ask for any number of passes over the whole picture; encoders write about ten. */
enum { MAX_SCANS = 100 };

typedef struct {
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  int outcome;
  char message[JMSG_LENGTH_MAX];
} decoder;

static atomic_int open_handles;

static void fail(j_common_ptr jpeg, int outcome)
{
  decoder *self = (decoder *)jpeg;
  self->outcome = outcome;
  longjmp(self->failed, 1);
}

static void on_error(j_common_ptr jpeg)
{
  int outcome;
  switch (jpeg->err->msg_code) {
  case JERR_ARITH_NOTIMPL:
  case JERR_BAD_PRECISION:
  case JERR_CCIR601_NOTIMPL:
  case JERR_CONVERSION_NOTIMPL:
  case JERR_FRACT_SAMPLE_NOTIMPL:
  case JERR_NOTIMPL:
  case JERR_NOT_COMPILED:
  case JERR_SOF_UNSUPPORTED:
    outcome = UNSUPPORTED;
    break;
  case JERR_EMPTY_IMAGE:
  case JERR_IMAGE_TOO_BIG:
    outcome = BAD_SIZE;
    break;
  default:
    outcome = CORRUPT;
  }
  (*jpeg->err->format_message)(jpeg, ((decoder *)jpeg)->message);
  fail(jpeg, outcome);
}

/* A negative level is a warning, others are traces. */
static void on_message(j_common_ptr jpeg, int level)
{
  if (level < 0) {
    (*jpeg->err->format_message)(jpeg, ((decoder *)jpeg)->message);
    fail(jpeg, CORRUPT);
  }
}

static void on_output(j_common_ptr jpeg)
{
  (void)jpeg;
}

static void on_progress(j_common_ptr jpeg)
{
  decoder *self = (decoder *)jpeg;
  if (self->jpeg.input_scan_number > MAX_SCANS) {
    snprintf(self->message, sizeof self->message, "More than %d scans", MAX_SCANS);
    fail(jpeg, CORRUPT);
  }
}

static void refuse(decoder *self, int outcome, const char *message)
{
  snprintf(self->message, sizeof self->message, "%s", message);
  fail((j_common_ptr)&self->jpeg, outcome);
}

static void read_header(decoder *self, const JOCTET *data, size_t length)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  jpeg_mem_src(jpeg, data, length);
  jpeg_read_header(jpeg, TRUE);
  if (jpeg->data_precision != 8)
    refuse(self, UNSUPPORTED, "Sample precision other than 8 bits");
  if (jpeg->master->lossless)
    refuse(self, UNSUPPORTED, "Lossless JPEG");
  if (jpeg->jpeg_color_space != JCS_GRAYSCALE && jpeg->jpeg_color_space != JCS_YCbCr &&
      jpeg->jpeg_color_space != JCS_RGB)
    refuse(self, UNSUPPORTED, "Color space other than gray, YCbCr and RGB");
}

static void read_pixels(decoder *self, JOCTET *rgb)
{
  struct jpeg_decompress_struct *jpeg = &self->jpeg;
  jpeg->out_color_space = JCS_RGB;
  jpeg->dct_method = JDCT_ISLOW;
  jpeg->do_fancy_upsampling = TRUE;
  jpeg_start_decompress(jpeg);
  size_t pitch = (size_t)jpeg->output_width * 3;
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW row = rgb + pitch * jpeg->output_scanline;
    jpeg_read_scanlines(jpeg, &row, 1);
  }
  /* Reads on to the end of the picture, so that a missing end is noticed. */
  jpeg_finish_decompress(jpeg);
}

/* With rgb == NULL it stops after the header. Returns the outcome; the decoder is ready for the next picture. */
static int run(decoder *self, const JOCTET *data, size_t length, JOCTET *rgb, size_t capacity)
{
  self->outcome = DECODED;
  self->message[0] = 0;
  if (setjmp(self->failed) == 0) {
    read_header(self, data, length);
    if (rgb != NULL) {
      if ((size_t)self->jpeg.image_width * self->jpeg.image_height * 3 > capacity)
        refuse(self, BAD_SIZE, "Picture larger than the room for it");
      read_pixels(self, rgb);
    }
  }
  jpeg_abort_decompress(&self->jpeg);
  return self->outcome;
}

JNIEXPORT jlong JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_open(JNIEnv *env, jclass type)
{
  (void)env;
  (void)type;
  decoder *self = calloc(1, sizeof *self);
  if (self == NULL)
    return 0;
  self->jpeg.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = on_error;
  self->errors.emit_message = on_message;
  self->errors.output_message = on_output;
  if (setjmp(self->failed) != 0) {
    jpeg_destroy_decompress(&self->jpeg);
    free(self);
    return 0;
  }
  jpeg_create_decompress(&self->jpeg);
  self->progress.progress_monitor = on_progress;
  self->jpeg.progress = &self->progress;
  atomic_fetch_add(&open_handles, 1);
  return (jlong)(intptr_t)self;
}

JNIEXPORT void JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_close(JNIEnv *env, jclass type, jlong handle)
{
  (void)env;
  (void)type;
  decoder *self = (decoder *)(intptr_t)handle;
  jpeg_destroy_decompress(&self->jpeg);
  free(self);
  atomic_fetch_sub(&open_handles, 1);
}

JNIEXPORT jint JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_openHandles(JNIEnv *env, jclass type)
{
  (void)env;
  (void)type;
  return atomic_load(&open_handles);
}

JNIEXPORT jstring JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_version(JNIEnv *env, jclass type)
{
  (void)type;
  return (*env)->NewStringUTF(env, "libjpeg-turbo " TEXT(LIBJPEG_TURBO_VERSION));
}

JNIEXPORT jstring JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_message(JNIEnv *env, jclass type,
                                                                                   jlong handle)
{
  (void)type;
  return (*env)->NewStringUTF(env, ((decoder *)(intptr_t)handle)->message);
}

/* Writes width and height; the caller has checked offset and length. Returns -1 with a Java exception pending. */
JNIEXPORT jint JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_readHeader(
    JNIEnv *env, jclass type, jlong handle, jbyteArray jpeg, jint offset, jint length, jintArray size)
{
  (void)type;
  decoder *self = (decoder *)(intptr_t)handle;
  JOCTET *data = (*env)->GetPrimitiveArrayCritical(env, jpeg, NULL);
  if (data == NULL)
    return -1;
  int outcome = run(self, data + offset, (size_t)length, NULL, 0);
  (*env)->ReleasePrimitiveArrayCritical(env, jpeg, data, JNI_ABORT);
  if (outcome == DECODED) {
    jint values[2] = { (jint)self->jpeg.image_width, (jint)self->jpeg.image_height };
    (*env)->SetIntArrayRegion(env, size, 0, 2, values);
  }
  return outcome;
}

/* Fills rgb from its start; the caller has checked offset and length. Returns -1 with a Java exception pending. */
JNIEXPORT jint JNICALL Java_io_scopegate_bundle_decode_TurboJpegLibrary_decode(
    JNIEnv *env, jclass type, jlong handle, jbyteArray jpeg, jint offset, jint length, jbyteArray rgb)
{
  (void)type;
  size_t capacity = (size_t)(*env)->GetArrayLength(env, rgb);
  JOCTET *data = (*env)->GetPrimitiveArrayCritical(env, jpeg, NULL);
  if (data == NULL)
    return -1;
  int outcome = -1;
  JOCTET *pixels = (*env)->GetPrimitiveArrayCritical(env, rgb, NULL);
  if (pixels != NULL) {
    outcome = run((decoder *)(intptr_t)handle, data + offset, (size_t)length, pixels, capacity);
    (*env)->ReleasePrimitiveArrayCritical(env, rgb, pixels, 0);
  }
  (*env)->ReleasePrimitiveArrayCritical(env, jpeg, data, JNI_ABORT);
  return outcome;
}
