namespace NSft.Data.Validation;

/// <summary>Remembers the first row of each hash, in 20 bytes a slot: a million rows take 40 MB.</summary>
internal sealed class FirstRows
{
    private const int FirstCapacity = 1024;

    private UInt128[] _keys = new UInt128[FirstCapacity];
    private int[] _rows = new int[FirstCapacity];
    private int _count;

    /// <summary>Takes in a row.</summary>
    /// <param name="key">Its hash.</param>
    /// <param name="row">Its position, from 1.</param>
    /// <returns>The row that came first with this hash; null for the first itself.</returns>
    public int? Add(UInt128 key, int row)
    {
        int slot = SlotOf(key, _keys, _rows);
        if (_rows[slot] != 0)
        {
            return _rows[slot];
        }

        (_keys[slot], _rows[slot]) = (key, row);
        if (++_count > _rows.Length / 4 * 3)
        {
            Grow();
        }

        return null;
    }

    /// <summary>The slot that holds a key, or the free one where it belongs; 0 in a row marks a free slot.</summary>
    private static int SlotOf(UInt128 key, UInt128[] keys, int[] rows)
    {
        int slot = (int)((ulong)key & (uint)(rows.Length - 1));
        while (rows[slot] != 0 && keys[slot] != key)
        {
            slot = (slot + 1) & (rows.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        UInt128[] keys = new UInt128[_keys.Length * 2];
        int[] rows = new int[_rows.Length * 2];
        for (int old = 0; old < _rows.Length; old++)
        {
            if (_rows[old] != 0)
            {
                int slot = SlotOf(_keys[old], keys, rows);
                (keys[slot], rows[slot]) = (_keys[old], _rows[old]);
            }
        }

        (_keys, _rows) = (keys, rows);
    }
}
