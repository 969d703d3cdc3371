// Sessions count live tensors of the whole process and are heavy: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
