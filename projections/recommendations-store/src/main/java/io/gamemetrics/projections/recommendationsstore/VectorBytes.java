package io.gamemetrics.projections.recommendationsstore;

import java.nio.ByteBuffer;

/** Vectors as they lie in a table: half precision, two bytes a part. */
final class VectorBytes {

    private VectorBytes() {}

    static byte[] of(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES * vector.length);
        for (float part : vector) {
            bytes.putShort(Float.floatToFloat16(part));
        }
        return bytes.array();
    }

    static float[] vector(byte[] bytes) {
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        float[] vector = new float[bytes.length / Short.BYTES];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = Float.float16ToFloat(parts.getShort());
        }
        return vector;
    }

    /** The same vector as it will be read again. */
    static float[] rounded(float[] vector) {
        float[] rounded = new float[vector.length];
        for (int k = 0; k < vector.length; k++) {
            rounded[k] = Float.float16ToFloat(Float.floatToFloat16(vector[k]));
        }
        return rounded;
    }
}
