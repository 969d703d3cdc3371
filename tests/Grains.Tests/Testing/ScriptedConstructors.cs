using System.Collections.Concurrent;
using NSft.Data;
using NSft.Data.Chat;
using NSft.Data.Construction;
using NSft.Data.Construction.Language;
using NSft.Grains.Construction;
using NSft.Grains.Hosting;

namespace NSft.Grains.Tests.Testing;

/// <summary>Constructs by rules, or as a test says; counts how often each pair was worked on.</summary>
internal sealed class ScriptedConstructors : IPairConstructors
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);
    private int _inWork;
    private int _mostInWork;

    /// <summary>Called before each pair; what it throws, the constructor throws.</summary>
    internal Func<PreferencePair, CancellationToken, Task>? Before { get; init; }

    /// <summary>Answers a pair; null lets the rules do it.</summary>
    internal Func<PreferencePair, PairResult?>? Answer { get; init; }

    /// <summary>How often each pair was asked for.</summary>
    internal IReadOnlyDictionary<string, int> Asked => _asked;

    /// <summary>Pairs that were in work at the same time, at most.</summary>
    internal int MostInWork => _mostInWork;

    /// <summary>Settings of the last block.</summary>
    internal ConstructionSettings? LastSettings { get; private set; }

    public IPairConstructor Create(ConstructionSettings settings, string jobId, Vocabulary vocabulary, ConstructionStatistics statistics)
    {
        LastSettings = settings;
        return new Scripted(this, new RulePairConstructor(new RuleConstructor(vocabulary.Codebook, vocabulary.Lexicon, settings.Options, statistics)));
    }

    private sealed class Scripted(ScriptedConstructors script, RulePairConstructor rules) : IPairConstructor
    {
        public string Name => rules.Name;

        public async ValueTask<PairResult> ConstructAsync(PreferencePair pair, CancellationToken cancellationToken)
        {
            var inWork = Interlocked.Increment(ref script._inWork);
            InterlockedMax(ref script._mostInWork, inWork);
            script._asked.AddOrUpdate(pair.Id, 1, (_, times) => times + 1);
            try
            {
                if (script.Before is { } before)
                {
                    await before(pair, cancellationToken);
                }

                var result = script.Answer?.Invoke(pair) ?? await rules.ConstructAsync(pair, cancellationToken);
                return result with { Usage = new ChatUsage(1, 10, 5, 0) };
            }
            finally
            {
                Interlocked.Decrement(ref script._inWork);
            }
        }

        private static void InterlockedMax(ref int place, int value)
        {
            for (var seen = Volatile.Read(ref place); value > seen; seen = Volatile.Read(ref place))
            {
                Interlocked.CompareExchange(ref place, value, seen);
            }
        }
    }
}
