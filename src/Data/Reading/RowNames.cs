using System.Globalization;

namespace NSft.Data.Reading;

/// <summary>The identifiers of a file's rows. Rows without one of their own are called <c>row-N</c> and take a byte each.</summary>
internal sealed class RowNames
{
    private const string Prefix = "row-";

    private readonly SeenTexts _own = new();
    private readonly HashSet<int> _borrowed = [];
    private readonly List<bool> _isUnnamed = [];

    /// <summary>Adds a row; rows come in order, and some may be left out.</summary>
    /// <param name="id">The row's own identifier, or null.</param>
    /// <param name="row">Its position, from 1.</param>
    /// <returns>Whether no earlier row is called the same.</returns>
    public bool Add(string? id, int row)
    {
        while (_isUnnamed.Count < row)
        {
            _isUnnamed.Add(false);
        }

        if (id is null)
        {
            _isUnnamed[row - 1] = !_borrowed.Contains(row);
            return _isUnnamed[row - 1];
        }

        if (RowOf(id) is int other)
        {
            if (other < row && _isUnnamed[other - 1])
            {
                return false;
            }

            _borrowed.Add(other);
        }

        return _own.Add(id, row) == row;
    }

    /// <summary>The row that would be called so if it had no identifier of its own.</summary>
    private static int? RowOf(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(id.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int row)
        && row > 0
        && id[Prefix.Length] != '0'
            ? row
            : null;
}
