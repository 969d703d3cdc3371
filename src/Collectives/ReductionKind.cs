namespace NSft.Collectives;

/// <summary>How shard gradients are added up over workers. Values are explicit and append only.</summary>
public enum ReductionKind
{
    /// <summary>Fixed point in 32-bit integers: the sum has the same bits for any number of workers and any order.</summary>
    Exact = 0,

    /// <summary>Fixed point in 64-bit integers: as <see cref="Exact"/> with about 47 data bits and twice the bytes.</summary>
    Exact64 = 1,

    /// <summary>Float32 addition, shards in order within a worker, then peers in worker order. Depends on the number of workers.</summary>
    Fp32 = 2,

    /// <summary>As <see cref="Fp32"/> with bfloat16 on the wire. Depends on the number of workers.</summary>
    Bf16 = 3,
}
