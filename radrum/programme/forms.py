"""Publish one quarter's figures."""

from django import forms
from django.http import HttpRequest

from radrum.accounts.keep import KeptForm


class PublishForm(KeptForm):
    """Only which quarter; what is published is counted."""

    period = forms.CharField(max_length=6, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, period: str) -> None:
        super().__init__(request, "", initial={"period": period})
