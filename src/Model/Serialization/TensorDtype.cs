namespace NSft.Model.Serialization;

/// <summary>Element types of safetensors files. The order is the file format's own: a written file sorts by it.</summary>
public enum TensorDtype
{
    /// <summary>One byte, 0 or 1.</summary>
    Boolean,

    /// <summary>Unsigned, 8 bits.</summary>
    UInt8,

    /// <summary>Signed, 8 bits.</summary>
    Int8,

    /// <summary>8-bit float, 5 exponent bits.</summary>
    Float8E5M2,

    /// <summary>8-bit float, 4 exponent bits.</summary>
    Float8E4M3,

    /// <summary>Signed, 16 bits.</summary>
    Int16,

    /// <summary>Unsigned, 16 bits.</summary>
    UInt16,

    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a float32.</summary>
    BFloat16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Unsigned, 32 bits.</summary>
    UInt32,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, 64 bits.</summary>
    UInt64,
}
