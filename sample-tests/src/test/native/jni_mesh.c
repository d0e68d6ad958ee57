/* The native methods of JniMesh, for the STAND-IN of standin.h. */

// tag::glue[]
#include "standin.h"

#include <jni.h>
#include <stdlib.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_io_github_ttmemorycheck_samples_binding_JniMesh_##name
#define MESH(handle) ((standin_mesh *) (intptr_t) (handle))

// Java sees an exception; a C++ exception that left a native method would end the JVM.
static jlong refuse(JNIEnv *env, const char *message) {
    jclass type = (*env)->FindClass(env, "java/lang/IllegalStateException");
    if (type != NULL) {
        (*env)->ThrowNew(env, type, message);
    }
    return 0;
}

// The figures of structs that have no gaps.
static jlongArray figures(JNIEnv *env, const void *structs, size_t bytes) {
    jsize count = (jsize) (bytes / sizeof(jlong));
    jlongArray array = (*env)->NewLongArray(env, count);
    if (array != NULL) {
        (*env)->SetLongArrayRegion(env, array, 0, count, structs);
    }
    return array;
}

NATIVE(jlong, openMesh)(JNIEnv *env, jclass type) {
    standin_mesh *mesh = standin_open();
    return mesh != NULL ? (jlong) (intptr_t) mesh : refuse(env, "the mesh cannot be opened");
}

NATIVE(void, closeMesh)(JNIEnv *env, jclass type, jlong mesh) {
    standin_close(MESH(mesh));
}

NATIVE(jlong, allocate)(JNIEnv *env, jclass type, jlong mesh, jlong kind, jlong bytes) {
    jlong address = standin_allocate(MESH(mesh), kind, bytes);
    return address != 0 ? address : refuse(env, "the buffer does not fit");
}

NATIVE(void, deallocate)(JNIEnv *env, jclass type, jlong mesh, jlong address) {
    if (!standin_free(MESH(mesh), address)) {
        refuse(env, "there is no such buffer");
    }
}

NATIVE(void, run)(JNIEnv *env, jclass type, jlong mesh, jlong operation) {
    if (!standin_run(MESH(mesh), operation)) {
        refuse(env, "the kernels of the program do not fit");
    }
}

NATIVE(void, cachePrograms)(JNIEnv *env, jclass type, jlong mesh, jboolean enabled) {
    standin_cache_programs(MESH(mesh), enabled);
}

NATIVE(void, clearPrograms)(JNIEnv *env, jclass type, jlong mesh) {
    standin_clear_programs(MESH(mesh));
}

NATIVE(jlong, programs)(JNIEnv *env, jclass type, jlong mesh) {
    return standin_programs(MESH(mesh));
}

NATIVE(jlong, process)(JNIEnv *env, jclass type, jlong mesh) {
    return standin_process(MESH(mesh));
}

NATIVE(jlong, traceBytes)(JNIEnv *env, jclass type, jlong mesh) {
    return standin_trace_bytes(MESH(mesh));
}

NATIVE(jlongArray, memory)(JNIEnv *env, jclass type, jlong mesh, jlong kind) {
    standin_view view;
    standin_memory(MESH(mesh), kind, &view);
    return figures(env, &view, sizeof view);
}

NATIVE(jlongArray, devices)(JNIEnv *env, jclass type, jlong mesh) {
    int64_t ids[32];
    int64_t count = standin_devices(MESH(mesh), ids, 32);
    return figures(env, ids, (size_t) (count < 32 ? count : 32) * sizeof *ids);
}

NATIVE(jlongArray, buffers)(JNIEnv *env, jclass type, jlong mesh) {
    int64_t count = standin_buffers(MESH(mesh), NULL, 0);
    standin_buffer *all = calloc((size_t) count + 1, sizeof *all); // never of length 0
    if (all == NULL) {
        refuse(env, "there is no memory for the list of buffers");
        return NULL;
    }
    standin_buffers(MESH(mesh), all, count);
    jlongArray array = figures(env, all, (size_t) count * sizeof *all);
    free(all);
    return array;
}
// end::glue[]
