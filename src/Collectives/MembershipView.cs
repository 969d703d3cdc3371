namespace NSft.Collectives;

/// <summary>The workers of a run at one time. Immutable; a change makes a new view with a higher version.</summary>
public sealed class MembershipView
{
    /// <summary>Makes a view.</summary>
    /// <param name="version">Version, at least 1.</param>
    /// <param name="members">Worker names; sorted here, so that everyone agrees on the indices.</param>
    /// <exception cref="ArgumentException">No member, or a name twice.</exception>
    public MembershipView(long version, IEnumerable<string> members)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        string[] sorted = [.. members.Order(StringComparer.Ordinal)];
        if (sorted.Length == 0 || sorted.Distinct(StringComparer.Ordinal).Count() != sorted.Length)
        {
            throw new ArgumentException("A view needs members with distinct names.", nameof(members));
        }

        Version = version;
        Members = sorted;
    }

    /// <summary>Rises with every change.</summary>
    public long Version { get; }

    /// <summary>Worker names in ordinal order; a worker's index here is its index in plans.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>A worker's index, or -1 when it is not a member.</summary>
    /// <param name="member">Worker name.</param>
    public int IndexOf(string member)
    {
        for (int i = 0; i < Members.Count; i++)
        {
            if (string.Equals(Members[i], member, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The next view after workers joined.</summary>
    /// <param name="joined">Names to add; those already there are ignored.</param>
    public MembershipView With(params IEnumerable<string> joined) =>
        new(Version + 1, Members.Union(joined, StringComparer.Ordinal));

    /// <summary>The next view after workers left.</summary>
    /// <param name="left">Names to remove; those not there are ignored.</param>
    /// <exception cref="ArgumentException">Nobody would be left.</exception>
    public MembershipView Without(params IEnumerable<string> left) =>
        new(Version + 1, Members.Except(left, StringComparer.Ordinal));
}
