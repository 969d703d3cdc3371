namespace NSft.Client.Ledgers;

/// <summary>One committed step: who computed which samples.</summary>
/// <param name="Step">Step, from 0.</param>
/// <param name="Epoch">Pass over the data, from 0.</param>
/// <param name="View">Version of the view that committed it.</param>
/// <param name="Parts">The workers that had shards.</param>
internal sealed record LedgerStep(int Step, int Epoch, long View, IReadOnlyList<LedgerPart> Parts);
