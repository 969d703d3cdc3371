using NSft.Data;
using NSft.Grains.Construction;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Tests.Testing;

/// <summary>Constructs by rules, but throws at one block so many times.</summary>
internal sealed class FlakyBlockConstructor(int block, int times) : IBlockConstructor
{
    private readonly RuleBlockConstructor _rules = new();
    private int _left = times;

    /// <summary>Called before each block.</summary>
    internal Action? OnBlock { get; init; }

    public string Construct(BlockRequest request, IReadOnlyList<PreferencePair> pairs)
    {
        OnBlock?.Invoke();
        if (request.Index == block && Interlocked.Decrement(ref _left) >= 0)
        {
            throw new InvalidOperationException("the script says so");
        }

        return _rules.Construct(request, pairs);
    }
}
