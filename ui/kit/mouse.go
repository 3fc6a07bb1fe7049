package kit

// The mouse: components know their own layout and test hits themselves, in
// coordinates relative to their top left cell. Owners translate.

import tea "github.com/charmbracelet/bubbletea"

// Rect is a room on the screen, in cells.
type Rect struct{ X, Y, W, H int }

// Contains reports whether the mouse is in the room.
func (r Rect) Contains(m tea.MouseMsg) bool {
	return m.X >= r.X && m.X < r.X+r.W && m.Y >= r.Y && m.Y < r.Y+r.H
}

// Relative is the message as seen from the room's top left cell.
func (r Rect) Relative(m tea.MouseMsg) tea.MouseMsg {
	m.X -= r.X
	m.Y -= r.Y
	return m
}

// Clicked reports the press of the left button.
func Clicked(m tea.MouseMsg) bool {
	return m.Action == tea.MouseActionPress && m.Button == tea.MouseButtonLeft
}

// Wheel is the number of lines the wheel asks to move: negative upwards, 0 if
// the message is no wheel.
func Wheel(m tea.MouseMsg) int {
	if m.Action != tea.MouseActionPress {
		return 0
	}
	switch m.Button {
	case tea.MouseButtonWheelUp:
		return -3
	case tea.MouseButtonWheelDown:
		return 3
	}
	return 0
}
