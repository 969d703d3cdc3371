using NSft.Collectives.Metrics;
using NSft.Data.Chat;
using NSft.Data.Construction;

namespace NSft.Grains.Instruments;

/// <summary>What constructions and judges bring, fail of and cost; the silo that does the work reports.</summary>
internal static class ConstructionInstruments
{
    internal const string Constructed = "constructed";
    internal const string Empty = "empty";
    internal const string DeadLetter = "dead_letter";
    internal const string Copied = "copied";

    /// <summary>Pairs that have a result, counted when their block is written.</summary>
    internal static readonly CounterFamily Pairs = new(
        "nsft.construction.pairs", "{pair}", "Pairs that have a result", new LabelValues("outcome", Constructed, Empty, DeadLetter, Copied));

    /// <summary>Responses of a language model that were rejected.</summary>
    internal static readonly CounterFamily Rejected = new(
        "nsft.construction.rejected", "{response}", "Responses of a language model that were rejected", new LabelValues("reason", [.. RejectionReason.All, "other"]));

    /// <summary>Requests to a language model that failed, each try by itself.</summary>
    internal static readonly CounterFamily Errors = new(
        "nsft.construction.errors", "{request}", "Tries of requests to a language model that failed", LabelValues.Of<ChatFailureKind>("kind"));

    /// <summary>Tokens that servers counted.</summary>
    internal static readonly CounterFamily Tokens = new(
        "nsft.chat.tokens", "{token}", "Tokens that chat servers counted", new LabelValues("kind", "prompt", "completion"));

    /// <summary>Cost by the prices of the job.</summary>
    internal static readonly CounterFamily Cost = new(
        "nsft.chat.cost", "{currency}", "What requests cost by the prices that jobs were given; at most that much where a request ended without an answer");
}
