namespace NSft.Model.Generation;

/// <summary>One answer in the making.</summary>
internal sealed class DecodingRow(int index, GenerationRequest request, SamplingOptions options)
{
    private SplitMix64 _random = new(options.Seed, request.SampleStream);

    /// <summary>Place of the request in the caller's list.</summary>
    internal int Index => index;

    internal GenerationRequest Request => request;

    internal List<int> NewIds { get; } = [];

    internal bool IsFinished { get; private set; }

    /// <summary>Appends an id unless the row is finished.</summary>
    internal void Take(int id, int endId)
    {
        if (!IsFinished)
        {
            NewIds.Add(id);
            IsFinished = id == endId || NewIds.Count == options.MaxNewTokens;
        }
    }

    /// <summary>Draws an id with the row's own random stream and appends it.</summary>
    internal int Sample(ReadOnlySpan<float> logits, int endId)
    {
        if (IsFinished)
        {
            return endId;
        }

        int id = TokenSampler.Sample(logits, options, _random.NextUnit());
        Take(id, endId);
        return id;
    }
}
